/**
 * The worst of real mail, read by the product's server as its own process, as `pnpm start` runs it: each is read, or refused in words; the
 * server goes on, and its memory stays small. A scripted model asks for one thing a run.
 */
import { readFile } from "node:fs/promises";

import { routes } from "@vaultdesk/shared/api.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import type { Model } from "@vaultdesk/standins/bedrock/converse.ts";
import { toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { visit } from "@vaultdesk/standins/visitor.ts";
import { startWorld } from "@vaultdesk/standins/world.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

import { startServer } from "../src/server.ts";
import { createPanel } from "./panel.ts";
import { STRESS, type Stress } from "./stress-mail.ts";

const EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
const MAYA = { sub: "google-oauth2|1001", email: "maya@northgate.example", name: "Maya Field" };
/** Of `pnpm start`. */
const FLAGS = ["--max-semi-space-size=8", "--max-old-space-size=512"];
const MOST_BYTES = 400_000_000;

const Calls = z.array(z.object({ tool: z.string(), args: z.record(z.string(), z.unknown()) }));
/** Of one run: a person may ask ten times at once, and then waits. */
const AT_ONCE = 2;
const Result = z.object({
  toolResult: z.object({ content: z.array(z.object({ text: z.string() })).min(1) }),
});

/** Makes the calls that the last question names, one after the other, then is content. */
const model: Model = ({ messages }) => {
  const blocks = messages.flatMap(({ content }) => content);
  const asked = blocks.findLastIndex((block) => "text" in block && block.text.startsWith("[{"));
  const question = blocks[asked];
  if (question === undefined || !("text" in question)) return [{ text: "What shall I read?" }];
  const calls = Calls.parse(JSON.parse(question.text.split("\n")[0] ?? ""));
  const next = calls[blocks.slice(asked).filter((block) => "toolResult" in block).length];
  return [next === undefined ? { text: "I read it." } : toolUse(next.tool, next.args)];
};

let world: Awaited<ReturnType<typeof startWorld>>;
let server: Awaited<ReturnType<typeof startServer>>;
let panel: ReturnType<typeof createPanel>;

beforeAll(async () => {
  const mail = STRESS.flatMap((stress) => stress.mail.map((raw) => ({ raw })));
  world = await startWorld({
    extensionId: EXTENSION_ID,
    people: [{ ...MAYA, phone: "confirmed", mail }],
  });
  world.bedrock.setModel(model);
  server = await startServer(world.serverEnv(), { flags: FLAGS });
  const visitor = await visit(world.auth0, EXTENSION_ID, MAYA.sub);
  await visitor.connect(MAYA.email, CONNECT_SCOPES);
  panel = createPanel(visitor.api, () => server.url);
}, 60_000);

afterAll(async () => {
  await server.stop();
  await world.close();
});

/** Peak of the process, in bytes (proc(5)). */
async function peak(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

function callOf({ subject, tool }: Stress) {
  const row = world.google
    .mailbox(MAYA.email)
    .threads()
    .find((one) => one.subject === subject);
  if (row === undefined) throw new Error(`there is no thread ${subject}`);
  const args =
    tool === "read_attachment" ? { message_id: row.messageIds[0] } : { thread_id: row.threadId };
  return { tool, args };
}

/** What the tools answered the model, in one run. */
async function answersOf(group: readonly Stress[]): Promise<string[]> {
  const text = JSON.stringify(group.map(callOf));
  const run = await panel.call(routes.startRun, { text, timeZone: "UTC" });
  if (run === undefined) throw new Error("the run did not start");
  const feed = panel.follow(run.conversationId);
  await vi.waitFor(
    () => {
      const ending = feed.events.map(({ body }) => body).find((body) => body.type === "run.ended");
      expect(ending).toMatchObject({ outcome: "answered" });
    },
    { timeout: 30_000, interval: 20 },
  );
  feed.stop();
  const { messages = [] } = world.bedrock.calls.at(-1)?.request ?? {};
  return messages
    .flatMap(({ content }) => content)
    .flatMap((block) => Result.safeParse(block).data?.toolResult.content[0]?.text ?? []);
}

let answered: string[] = [];

test.each(STRESS.map((stress, index) => ({ ...stress, index })))(
  "$name",
  async ({ says, index }) => {
    const at = index % AT_ONCE;
    if (at === 0) answered = await answersOf(STRESS.slice(index, index + AT_ONCE));
    for (const words of says) expect(answered[at] ?? "").toMatch(words);
  },
  40_000,
);

test("the server took less than 400 MB", async () => {
  const bytes = await peak();
  process.stdout.write(`stress: ${Math.round(bytes / 1_000_000)} MB at most\n`);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
