/** A wish to move mail -> an action on the messages as they lie now: only what changes is asked for, so that an undo is exact. */
import type { gmail_v1 } from "@googleapis/gmail";
import { type Filed, FILING_LIMIT, type Label } from "@vaultdesk/shared/action.ts";
import { problem } from "@vaultdesk/shared/problem.ts";

import { type Answer, answer } from "../google/call.ts";
import { identified, labels, lying, type Lying, messagesOf } from "../google/filing.ts";
import type { Change, FilingWish, Ready } from "./wish.ts";

const TRASH: Label = { id: "TRASH", name: "Bin" };
const INBOX: Label = { id: "INBOX", name: "Inbox" };

/** Labels that a person may put on or take off; SENT, DRAFT, TRASH and SPAM are Gmail's. */
const SYSTEM: readonly Label[] = [
  INBOX,
  { id: "STARRED", name: "Starred" },
  { id: "IMPORTANT", name: "Important" },
  { id: "UNREAD", name: "Unread" },
];

function found(all: readonly Label[], name: string): Label | undefined {
  const wanted = name.trim().toLowerCase();
  return all.find((label) => label.name.toLowerCase() === wanted || label.id === name);
}

/** Names of Gmail's own; it takes none of them for a label. */
const RESERVED =
  /^(?:sent|drafts?|trash|bin|spam|junk|chats?|all mail|snoozed|scheduled|outbox|voicemail|TRASH|SENT|DRAFT|SPAM|CHAT)$/i;

/** A label that is still to be made; its name is what finds it once it is there. */
function newLabel(name: string): Label | undefined {
  const clean = name.trim().replaceAll(/\s+/g, " ");
  if (clean === "" || RESERVED.test(clean) || /[\p{Cc}\p{Cf}]/u.test(clean)) return undefined;
  return { id: "new", name: clean, made: true };
}

function named(all: readonly Label[], names: readonly string[], create = false): Answer<Label[]> {
  const out: Label[] = [];
  for (const name of names) {
    const label = found(all, name) ?? (create ? newLabel(name) : undefined);
    if (label === undefined) {
      const known = all.map((one) => one.name).join(", ");
      const detail = `There is no label "${name.slice(0, 60)}". There are: ${known.slice(0, 1500)}.`;
      return { ok: false, problem: problem("label_unknown", { detail }) };
    }
    out.push(label);
  }
  return { ok: true, value: out };
}

async function changesOf(api: gmail_v1.Gmail, wish: FilingWish): Promise<Answer<Change[]>> {
  const names = wish.kind === "mail.trash" ? [] : [...wish.add, ...wish.remove];
  const [threads, own] = await Promise.all([
    Promise.all(wish.threadIds.map((id) => messagesOf(api, id))),
    names.every((name) => found(SYSTEM, name) !== undefined) ? [] : labels(api),
  ]);
  const ids = [...new Set([...wish.messageIds, ...threads.flat()])];
  if (wish.kind === "mail.trash") {
    const value = ids.map((messageId) => ({ messageId, add: [TRASH], remove: [INBOX] }));
    return { ok: true, value };
  }
  const all = [...SYSTEM, ...own.filter(({ id }) => id.startsWith("Label_"))];
  const add = named(all, wish.add, wish.create);
  if (!add.ok) return add;
  const remove = named(all, wish.remove);
  if (!remove.ok) return remove;
  const change = { add: add.value, remove: remove.value };
  return { ok: true, value: ids.map((messageId) => ({ messageId, ...change })) };
}

/** What still changes on the message; nothing where it is so already. */
function filed({ messageId, add, remove }: Change, now: Lying): Filed[] {
  const { from, subject, date, labelIds } = now;
  const left = {
    add: add.filter(({ id }) => !labelIds.has(id)),
    remove: remove.filter(({ id }) => labelIds.has(id)),
  };
  const changes = left.add.length + left.remove.length > 0;
  return changes ? [{ messageId, from, subject, date, ...left }] : [];
}

/** What is there already is not made by this request. */
function there({ id, name, made }: Label): Label {
  return id === "new" && made === true ? { id, name, made } : { id, name };
}

/** An undo, or a request that is asked again, names a label that was made meanwhile. */
async function withIds(
  api: gmail_v1.Gmail,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const made = changes.some(({ add, remove }) => [...add, ...remove].some((one) => one.made));
  if (!made) return changes;
  const all = await labels(api);
  return changes.map((change) => {
    const { messageId, add, remove } = identified(change, all);
    return { messageId, add: add.map(there), remove };
  });
}

/** The changes that are still to be made. */
export async function readyChanges(
  api: gmail_v1.Gmail,
  kind: "mail.label" | "mail.trash" | "mail.untrash",
  changes: readonly Change[],
): Promise<Answer<Ready>> {
  if (changes.length > FILING_LIMIT) return { ok: false, problem: problem("too_many_mails") };
  const known = await answer(() => withIds(api, changes));
  if (!known.ok) return known;
  const now = await answer(() =>
    lying(
      api,
      known.value.map(({ messageId }) => messageId),
    ),
  );
  if (!now.ok) return now;
  const messages = known.value.flatMap((change, index) => {
    const one = now.value[index];
    const binned = one?.labelIds.has("TRASH") === true;
    const fits = kind === "mail.label" || binned === (kind === "mail.untrash");
    return one === undefined || !fits ? [] : filed(change, one);
  });
  const about = now.value.flatMap((one) => one?.rfcIds ?? []);
  return messages.length === 0
    ? { ok: false, problem: problem("nothing_to_move") }
    : { ok: true, value: { action: { kind, messages }, raws: [], judged: [], about } };
}

export async function readyFiling(api: gmail_v1.Gmail, wish: FilingWish): Promise<Answer<Ready>> {
  const changes = await answer(() => changesOf(api, wish));
  if (!changes.ok) return changes;
  return changes.value.ok ? readyChanges(api, wish.kind, changes.value.value) : changes.value;
}
