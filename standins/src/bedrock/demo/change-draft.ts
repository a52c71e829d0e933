/** The last draft of the conversation, changed in place: from what was saved, or from how it is now when somebody changed it. Pure. */
import { z } from "zod";

import type { Change } from "./change-request.ts";
import { isPerson } from "./facts.ts";
import { call, type Move, say, type Scene } from "./move.ts";
import { threadOf } from "./read-moves.ts";
import { sayBody } from "./reply-body.ts";
import { lastOf, SavedDraft } from "./results.ts";
import type { Step } from "./turn.ts";
import { quoted } from "./words.ts";

/** A draft as it stands: what was saved, or what a refused change showed. */
interface Standing {
  draftId: string;
  version: string;
  body: string;
}

const Now = z.object({
  current: z.object({ draft_id: z.string(), version: z.string(), text: z.string() }),
});
const Made = z.object({ draft_id: z.string(), version: z.string() });

function standingOf({ input, reply }: Step): Standing[] {
  if (!reply.ok) {
    const now = Now.safeParse(reply.json).data?.current;
    if (now === undefined) return [];
    const own = now.text.split(/^(?:-- ?|On .{4,300} wrote:|-{5,} Forwarded .*)$/m)[0] ?? "";
    return [{ draftId: now.draft_id, version: now.version, body: own.trim() }];
  }
  const made = Made.safeParse(reply.json).data;
  const { body } = input;
  if (made === undefined) return [];
  return [
    {
      draftId: made.draft_id,
      version: made.version,
      body: typeof body === "string" ? body : "",
    },
  ];
}

const SIGN_OFF = /^(?:best|kind regards|regards|thanks|thank you,|cheers|sincerely)\b/i;
const GREETING = /^(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b/i;

/** Greeting, what is said, sign-off. */
function partsOf(body: string): { head: string[]; middle: string; tail: string[] } {
  const lines = body.split("\n");
  const end = lines.findLastIndex((line) => SIGN_OFF.test(line));
  const tail = end < 1 ? [] : lines.slice(end);
  const rest = end < 1 ? lines : lines.slice(0, end);
  const head = GREETING.test(rest[0] ?? "") ? rest.slice(0, 1) : [];
  return { head, middle: rest.slice(head.length).join("\n").trim(), tail };
}

function joined({ head, middle, tail }: ReturnType<typeof partsOf>): string {
  const parts = [head.join("\n"), middle, tail.join("\n")];
  return parts.filter((part) => part !== "").join("\n\n");
}

function shorter(body: string): string | undefined {
  const parts = partsOf(body);
  const sentences = parts.middle.split(/(?<=[.!?])\s+/);
  if (sentences.length < 2) return undefined;
  const middle = sentences.slice(0, Math.ceil(sentences.length / 2)).join(" ");
  return joined({ ...parts, middle });
}

function added(body: string, text: string): string {
  const parts = partsOf(body);
  return joined({ ...parts, middle: `${parts.middle} ${sayBody({ kind: "say", text })}`.trim() });
}

export function changeMove(scene: Scene, change: Change): Move {
  const done = lastOf(scene.done, "draft_email_reply", SavedDraft);
  if (done !== undefined) {
    return say(`The draft ${quoted(done.subject, 120)} is changed in Gmail; nothing was sent.`);
  }
  const drafts = [...scene.turn.earlier, ...scene.turn.steps].filter(
    (step) => step.name === "draft_email_reply",
  );
  const standing = drafts.flatMap(standingOf).at(-1);
  if (standing === undefined) {
    return say("There is no draft in this conversation to change. Ask me for one first.");
  }
  if (change.kind === "attach") return attachMove(scene, change, standing);
  const body =
    change.kind === "shorter" ? shorter(standing.body) : added(standing.body, change.text);
  return body === undefined
    ? say("The draft says one thing only; I found nothing to leave out. Nothing was changed.")
    : call("draft_email_reply", { draft_id: standing.draftId, version: standing.version, body });
}

function attachMove(
  scene: Scene,
  { words, person }: Extract<Change, { kind: "attach" }>,
  { draftId: draft_id, version }: Standing,
): Move {
  const thread = threadOf(scene);
  const { openThread } = scene.facts;
  if (thread === undefined && openThread !== undefined) {
    return call("read_email_thread", { thread_id: openThread });
  }
  const keys = words.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const files = (thread?.messages ?? [])
    .filter((message) => person === undefined || isPerson(message.from, person))
    .flatMap(({ id, files: names }) => names.map((filename) => ({ message_id: id, filename })));
  const fits = (name: string) => keys.filter((key) => name.toLowerCase().includes(key)).length;
  const [best] = files.toSorted((a, b) => fits(b.filename) - fits(a.filename));
  return best === undefined || fits(best.filename) === 0
    ? say(`I found no file like ${quoted(words, 80)} in this thread, so nothing was attached.`)
    : call("draft_email_reply", { draft_id, version, attach: [best] });
}
