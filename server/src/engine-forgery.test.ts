/** Forged answers of a phone: one row each, a valid grant with one change. Each is refused with its reason, and nothing is delivered. */
import { createHmac } from "node:crypto";

import { exportSPKI, generateKeyPair } from "jose";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { PushRequest } from "./approvals/ciba.ts";
import { office, publicKey, STORES, stranger, type Yes } from "./engine-office.ts";

const base64 = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

function parts(token: string): [string, string, string] {
  const [head = "", body = "", signature = ""] = token.split(".");
  return [head, body, signature];
}

function payloadOf(token: string): Record<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(parts(token)[1], "base64url").toString("utf8"));
  return typeof claims === "object" && claims !== null ? { ...claims } : {};
}

/** One value of the details replaced, as a thief would who wants another mail to pass. */
function changed(key: string, value: string): (request: PushRequest) => unknown {
  return ({ details }) => {
    const property = details.properties[key];
    if (property === undefined) throw new Error(`the push shows no ${key}`);
    return [{ ...details, properties: { ...details.properties, [key]: { ...property, value } } }];
  };
}

const unsigned = (token: string) => `${base64({ alg: "none", typ: "JWT" })}.${parts(token)[1]}.`;

/** Key confusion: the public key as the secret of an HMAC. */
async function hmac(token: string): Promise<string> {
  const text = `${base64({ alg: "HS256", kid: "k", typ: "JWT" })}.${parts(token)[1]}`;
  const secret = await exportSPKI(publicKey);
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

function resigned(change: Record<string, unknown>): (token: string) => string {
  return (token) => {
    const [head, , signature] = parts(token);
    return `${head}.${base64({ ...payloadOf(token), ...change })}.${signature}`;
  };
}

const OTHER = "0".repeat(64);
const weak = await generateKeyPair("RS256");

const ROWS: readonly [string, Yes, string][] = [
  ["another user's", { sub: "google-oauth2|1002" }, "wrong_user"],
  ["no user", { without: ["sub"] }, "bad_token"],
  ["another client's", { azp: "vault" }, "wrong_client"],
  ["the panel's client", { azp: "extension" }, "wrong_client"],
  ["no client", { without: ["azp"] }, "bad_token"],
  ["another digest", { details: changed("digest", OTHER) }, "wrong_details"],
  ["another recipient", { details: changed("to", "eve@evil.example") }, "wrong_details"],
  ["another subject", { details: changed("subject", "NDA ") }, "wrong_details"],
  ["another text", { details: changed("text", "Hello Anna") }, "wrong_details"],
  ["another code", { details: changed("code", "0000-0000") }, "wrong_details"],
  ["another sender", { details: changed("from", "eve@evil.example") }, "wrong_details"],
  [
    "another instruction",
    { details: ({ details }) => [{ ...details, instruction: "Approve" }] },
    "wrong_details",
  ],
  ["another type", { details: ({ details }) => [{ ...details, type: "x" }] }, "wrong_details"],
  ["the details twice", { details: ({ details }) => [details, details] }, "wrong_details"],
  ["a second request's details", { details: ({ details }) => [details, {}] }, "wrong_details"],
  ["no details", { details: [] }, "wrong_details"],
  ["details that are no list", { details: ({ details }) => details }, "bad_token"],
  ["without details", { without: ["authorization_details"] }, "bad_token"],
  ["another issuer", { issuer: "https://evil.example/" }, "bad_token"],
  ["the issuer without its slash", { issuer: "https://tenant.example" }, "bad_token"],
  ["another audience", { audience: "https://other.example" }, "bad_token"],
  ["expired", { expiresIn: -60 }, "bad_token"],
  ["without an end", { without: ["exp"] }, "bad_token"],
  ["not valid yet", { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }, "bad_token"],
  ["without an id", { without: ["jti"] }, "bad_token"],
  ["with too short an id", { jti: "1" }, "bad_token"],
  ["without the scope to approve", { scope: "openid" }, "wrong_scope"],
  ["with the panel's scope", { scope: "openid agent:use" }, "wrong_scope"],
  ["with a scope that begins alike", { scope: "write:approve-all" }, "wrong_scope"],
  ["unsigned (alg none)", { token: unsigned }, "bad_token"],
  ["signed with the public key as a secret", { token: hmac }, "bad_token"],
  ["signed by a stranger under our key's name", { key: stranger.privateKey }, "bad_token"],
  ["of an unknown key", { key: weak.privateKey, header: { kid: "other" } }, "bad_token"],
  ["with its signature cut", { token: (token) => token.slice(0, -20) }, "bad_token"],
  ["changed after signing", { token: resigned({ scope: "write:approve" }) }, "bad_token"],
  ["empty", { token: () => "" }, "bad_token"],
  ["no token at all", { token: () => "not.a.token" }, "bad_token"],
];

describe.each(STORES)("on %s, an answer", (store) => {
  let desk: Awaited<ReturnType<typeof office>>;
  beforeAll(async () => {
    desk = await office({ store, kept: true });
    return () => desk.close();
  });

  beforeEach(() => desk.freePhone());

  test.each(ROWS)("%s is refused", async (name, forgery, reason) => {
    const id = await desk.asked(await desk.draft(`Hello Ana, ${name}`));
    desk.yes(forgery);
    await desk.becomes(id, "failed");
    expect(desk.lines.at(-1)).toContain(`"reason":"${reason}"`);
    expect((await desk.approvals.find(id))?.view.ending).toContain(reason);
    expect(desk.delivered()).toEqual([]);
  });

  test("that was used before is refused, and the first use stands", async () => {
    desk.yes({ jti: "the-same-jti" });
    const first = await desk.asked(await desk.draft("One"));
    await desk.becomes(first, "executed");
    const second = await desk.asked(await desk.draft("Two"));
    await desk.becomes(second, "failed");
    expect(desk.lines.at(-1)).toContain("replayed");
    expect(desk.delivered()).toHaveLength(1);
  });
});
