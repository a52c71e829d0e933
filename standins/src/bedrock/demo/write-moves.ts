/** Moves that write: save a draft, and ask the phone to send one. A send needs the user's own words for it, in this turn. Pure. */
import type { DraftRequest } from "./draft-request.ts";
import { isPerson, type Person, personOf } from "./facts.ts";
import { call, type Move, say, type Scene } from "./move.ts";
import { outcomeAnswer } from "./outcome.ts";
import { foundOf, threadOf } from "./read-moves.ts";
import { bodyFromMessage, letter, sayBody } from "./reply-body.ts";
import { lastOf, Outcome, SavedDraft, Style } from "./results.ts";
import { cite, nameOf } from "./say-mail.ts";
import type { Read, Said } from "./thread-read.ts";
import type { Step } from "./turn.ts";
import { list, quoted } from "./words.ts";

export function sendMove(scene: Scene): Move {
  const outcome = lastOf(scene.done, "send_email_with_approval", Outcome);
  if (outcome !== undefined) return say(outcomeAnswer(outcome));
  const drafts = draftsOf([...scene.turn.earlier, ...scene.done]);
  const last = drafts.at(-1);
  if (last === undefined) {
    return say(
      "There is no draft in this conversation, so there is nothing to send. Ask me for one first, for example: draft a reply saying that Tuesday works.",
    );
  }
  const unsent = drafts.filter((draft) => !draft.sent).map((draft) => draft.id);
  if (SEVERAL.test(scene.turn.request) && unsent.length > 1) {
    return unsent.length > MOST_MAILS
      ? say(
          `There are ${unsent.length} drafts, and one request to your phone can show at most four mails. Nothing was sent; ask for them one by one.`,
        )
      : call("send_email_with_approval", { draft_ids: unsent });
  }
  if (last.sent)
    return say("The last draft of this conversation was already sent. Ask me for a new one.");
  return call("send_email_with_approval", { draft_id: last.id });
}

const MOST_MAILS = 4;
const SEVERAL = /\b(?:them|both|all|drafts|mails|e-?mails|replies|messages)\b/i;

/** The drafts of the conversation, oldest first, and whether a result said that they were sent. */
function draftsOf(steps: readonly Step[]): { id: string; sent: boolean }[] {
  const ids = new Set<string>();
  const sent = new Set<unknown>();
  for (const { name, input, reply } of steps) {
    if (!reply.ok) continue;
    if (name === "draft_email_reply") {
      const saved = SavedDraft.safeParse(reply.json).data;
      if (saved !== undefined) ids.add(saved.draft_id);
    }
    if (name === "send_email_with_approval") {
      const outcome = Outcome.safeParse(reply.json).data;
      if (outcome?.outcome === "sent") sent.add(input["draft_id"]);
      for (const mail of outcome?.mails ?? []) {
        if (mail.outcome === "sent") sent.add(mail.draft_id);
      }
    }
  }
  return [...ids].map((id) => ({ id, sent: sent.has(id) }));
}

export function draftMove(scene: Scene, wanted: DraftRequest): Move {
  const saved = lastOf(scene.done, "draft_email_reply", SavedDraft);
  if (saved !== undefined) return wanted.send ? sendMove(scene) : say(savedAnswer(saved, scene));
  return styled(scene, wanted.mode === "new" ? newMail(scene, wanted) : replyTo(scene, wanted));
}

/** Before a draft, how the user writes to those people, where the prompt wants it. */
function styled(scene: Scene, move: Move): Move {
  const [first] = move;
  const drafts = first !== undefined && "toolUse" in first ? first.toolUse : undefined;
  const asked = scene.turn.steps.some((step) => step.name === "read_my_style");
  if (drafts?.name !== "draft_email_reply" || scene.facts.voice !== true || asked) return move;
  const { to, message_id: id } = drafts.input;
  return call("read_my_style", to === undefined ? { message_id: id } : { to });
}

function savedAnswer(saved: SavedDraft, scene: Scene): string {
  const to = list(saved.to.map((one) => nameOf(personOf(one))));
  const subject = saved.subject === "" ? "" : `, ${quoted(saved.subject, 120)},`;
  const answered = scene.done.findLast((step) => step.name === "draft_email_reply")?.input[
    "message_id"
  ];
  const message = threadOf(scene)?.messages.find((one) => one.id === answered);
  const source = message === undefined ? "" : ` ${cite(message)}`;
  return `The draft${to === "" ? "" : ` to ${to}`}${subject} is saved in Gmail; nothing was sent.${source}`;
}

function newMail(scene: Scene, wanted: DraftRequest): Move {
  const { facts } = scene;
  const { say: words, person } = wanted;
  const named = person === undefined ? undefined : knownAddress(scene, person);
  if (wanted.addresses.length === 0 && person !== undefined && named === undefined) {
    if (foundOf(scene) === undefined) return call("search_gmail", { from: person, max: 5 });
    return say(
      `I found no mail from ${person}, so I don't know the address. Write it out and I draft the mail.`,
    );
  }
  const to = named === undefined ? wanted.addresses : [named.address];
  if (words === undefined)
    return say(
      `What should the mail to ${list(to)} say? For example: write to ${to[0] ?? "them"}: subject Call: are you free on Tuesday?`,
    );
  const body = sayBody(words);
  const only = to.length === 1 ? (named ?? personOf(to[0] ?? "")) : undefined;
  return call("draft_email_reply", {
    mode: "new",
    to,
    subject: wanted.subject ?? body.replace(/[.!?].*$/s, "").slice(0, 60),
    body: letter(body, only, facts.user, styleOf(scene)),
  });
}

const styleOf = (scene: Scene) => lastOf(scene.done, "read_my_style", Style);

function knownAddress(scene: Scene, person: string): Person | undefined {
  const hits = foundOf(scene)?.messages ?? [];
  return hits
    .map((hit) => personOf(hit.from))
    .find((one) => one.address !== "" && isPerson(one, person));
}

function replyTo(scene: Scene, wanted: DraftRequest): Move {
  const { facts } = scene;
  const { person } = wanted;
  const read = threadOf(scene);
  if (read === undefined) {
    if (facts.openThread !== undefined)
      return call("read_email_thread", { thread_id: facts.openThread });
    if (person !== undefined) return readThreadOf(scene, person);
    if (facts.selectedMessage === undefined) {
      return say(
        "No message is selected and no thread is open. Open the thread in Gmail, or say whom to answer.",
      );
    }
    return draftReply(scene, wanted, facts.selectedMessage, undefined);
  }
  const target = chosen(read, scene, person);
  if (target !== undefined) return draftReply(scene, wanted, target.id, target);
  const isSelected = person === undefined && facts.selectedMessage !== undefined;
  if (isSelected) return draftReply(scene, wanted, facts.selectedMessage ?? "", undefined);
  if (person === undefined) return say("This thread has no message to answer.");
  const reads = scene.done.filter((step) => step.name === "read_email_thread").length;
  if (foundOf(scene) === undefined || reads < 2) return readThreadOf(scene, person);
  return say(`I couldn't find a message from ${person} to answer.`);
}

function readThreadOf(scene: Scene, person: string): Move {
  const found = foundOf(scene);
  if (found === undefined) return call("search_gmail", { from: person, max: 5 });
  const first = found.messages.toSorted((a, b) => b.date.localeCompare(a.date))[0];
  return first === undefined
    ? say(
        `I couldn't find a mail from ${person} to answer. Open the thread in Gmail and ask again.`,
      )
    : call("read_email_thread", { thread_id: first.thread_id });
}

/** The named person's last message, else the selected one, else the last of the other side, else the last. */
function chosen(read: Read, { facts }: Scene, person: string | undefined): Said | undefined {
  const { messages } = read;
  const selected = messages.find((message) => message.id === facts.selectedMessage);
  if (person !== undefined) {
    if (selected !== undefined && isPerson(selected.from, person)) return selected;
    return messages.findLast((message) => isPerson(message.from, person));
  }
  if (facts.selectedMessage !== undefined) return selected;
  return messages.findLast((message) => !message.mine) ?? messages.at(-1);
}

function draftReply(
  scene: Scene,
  wanted: DraftRequest,
  id: string,
  target: Said | undefined,
): Move {
  const { user } = scene.facts;
  const text =
    wanted.say !== undefined
      ? sayBody(wanted.say)
      : wanted.mode === "forward"
        ? "Please see below."
        : bodyFromMessage(target, scene.facts);
  const to =
    wanted.mode === "reply_all"
      ? { name: "all", address: "" }
      : wanted.mode === "forward"
        ? personOf(wanted.addresses[0] ?? "")
        : target?.mine === true
          ? target.to[0]
          : target?.from;
  return call("draft_email_reply", {
    mode: wanted.mode,
    message_id: id,
    body: letter(text, to, user, styleOf(scene)),
    ...(wanted.mode === "forward" ? { to: wanted.addresses } : {}),
    ...(wanted.subject === undefined ? {} : { subject: wanted.subject }),
  });
}
