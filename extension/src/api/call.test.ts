import { routes } from "@vaultdesk/shared/api.ts";
import { problem } from "@vaultdesk/shared/problem.ts";
import { afterEach, describe, expect, test, vi } from "vitest";

import { createCall, pathOf, readReply, type Wire } from "./call.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const json = (status: number, body: unknown) => Response.json(body, { status });
const session = {
  sub: "google-oauth2|1001",
  google: { state: "not_connected" },
  model: { provider: "ollama", name: "qwen3:8b", words: "On this server." },
};

describe("a reply is judged", () => {
  test("one that fits the route's schema is taken", async () => {
    await expect(readReply(routes.session, json(200, session))).resolves.toEqual({
      ok: true,
      value: session,
    });
  });
  test.each([
    ["a refusal in words", json(403, { problem: problem("forbidden") }), "refused"],
    ["a 401", json(401, { problem: problem("signed_out") }), "signed_out"],
    ["another shape", json(200, { sub: 1 }), "bad_reply"],
    ["an error page", new Response("<html>", { status: 502 }), "bad_reply"],
    ["a refusal of another shape", json(500, { error: "x" }), "bad_reply"],
  ])("%s", async (_name, response, reason) => {
    await expect(readReply(routes.session, response)).resolves.toMatchObject({
      ok: false,
      failure: { reason },
    });
  });
});

function wire(answers: Response[]): { wire: Wire; asked: boolean[]; sent: Request[] } {
  const asked: boolean[] = [];
  const sent: Request[] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    sent.push(new Request(url, init));
    const next = answers.shift();
    if (next === undefined) throw new TypeError("Failed to fetch");
    return next;
  });
  const token: Wire["token"] = async (fresh) => {
    asked.push(fresh);
    return { state: "signed_in", token: `t${asked.length}` };
  };
  return { wire: { serverUrl: "http://127.0.0.1:1", token }, asked, sent };
}

const busy = (seconds: number, code: "too_many" | "restarting" | "google_throttled" = "too_many") =>
  json(429, { problem: problem(code, { retryAfter: seconds }) });

describe("a call", () => {
  test.each(["too_many", "restarting"] as const)(
    "that was not taken (%s) waits as long as it was told, and asks once more",
    async (code) => {
      vi.useFakeTimers();
      const world = wire([busy(2, code), json(200, session)]);
      const reply = createCall(world.wire)(routes.session);
      await vi.advanceTimersByTimeAsync(1999);
      expect(world.sent).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      await expect(reply).resolves.toMatchObject({ ok: true });
      vi.useRealTimers();
    },
  );
  test.each([
    ["a wait that nobody would sit through", [busy(60)]],
    ["a slow Google, which may have done a part of it", [busy(1, "google_throttled")]],
  ])("%s is said and not repeated", async (_name, answers) => {
    const world = wire(answers);
    const reply = await createCall(world.wire)(routes.session);
    expect(reply).toMatchObject({ ok: false, failure: { reason: "refused" } });
    expect(world.sent).toHaveLength(1);
  });

  test("borrows a fresh token once after a 401, and no more", async () => {
    const world = wire([json(401, {}), json(401, {})]);
    const reply = await createCall(world.wire)(routes.session);
    expect(reply).toMatchObject({ ok: false, failure: { reason: "signed_out" } });
    expect(world.asked).toEqual([false, true]);
  });
  test("is not repeated when the server is gone", async () => {
    const world = wire([]);
    const reply = await createCall(world.wire)(routes.session);
    expect(reply).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
    expect(world.sent).toHaveLength(1);
  });
  test("carries the token in its header and the ids in its path", async () => {
    const id = `apr_${"0".repeat(32)}`;
    const world = wire([json(404, { problem: problem("not_found") })]);
    await createCall(world.wire)(routes.cancelApproval, { id });
    expect(world.sent[0]?.url).toBe(`http://127.0.0.1:1/api/approvals/${id}/cancel`);
    expect(world.sent[0]?.headers.get("authorization")).toBe("Bearer t1");
  });
  test("a path parameter can't leave its place, and none may be missing", () => {
    expect(pathOf("/a/:id/b", { id: "../x?y" })).toBe("/a/..%2Fx%3Fy/b");
    expect(() => pathOf("/a/:id/b", {})).toThrow("id");
  });
});
