/** Approved labels and moves: the messages looked at, then moved. Doing it twice is doing it once. Knows no approval states. */
import type { gmail_v1 } from "@googleapis/gmail";
import type { Filed, Filing, Label } from "@vaultdesk/shared/action.ts";

import { identified, labels, lying, type Lying } from "../google/filing.ts";
import { afterRefusal, type Doing, refusalOf } from "./doing.ts";

/** The moves, lent by the executor: only it may import them. */
export interface FilingEffects {
  relabel(
    api: gmail_v1.Gmail,
    ids: readonly string[],
    change: { add: readonly string[]; remove: readonly string[] },
  ): Promise<void>;
  bin(api: gmail_v1.Gmail, ids: readonly string[], how: "trash" | "untrash"): Promise<void>;
  /** The label of this name, made if it is not there. */
  makeLabel(api: gmail_v1.Gmail, name: string): Promise<Label>;
}

type Stand = "before" | "after" | "other" | "gone";

/** How a message lies, seen from what was approved. Of the bin, only the bin counts: Gmail may take INBOX off with it or not. */
function standOf(kind: Filing["kind"], { add, remove }: Filed, found: Lying | undefined): Stand {
  if (found === undefined) return "gone";
  if (kind !== "mail.label") {
    return found.labelIds.has("TRASH") === (kind === "mail.trash") ? "after" : "before";
  }
  const has = ({ id }: { id: string }) => found.labelIds.has(id);
  if (add.every(has) && !remove.some(has)) return "after";
  return !add.some(has) && remove.every(has) ? "before" : "other";
}

function idsOf(some: Filed["add"]): string[] {
  return some.map(({ id }) => id);
}

function messageIds(some: readonly Filed[]): string[] {
  return some.map(({ messageId }) => messageId);
}

function changeOf({ add, remove }: Filed): string {
  return `${idsOf(add).join(" ")}|${idsOf(remove).join(" ")}`;
}

/** Messages that change alike go in one request. */
function groups(messages: readonly Filed[]): Filed[][] {
  return [...Map.groupBy(messages, changeOf).values()];
}

function toInbox(filed: Filed): Filed[] {
  return filed.add.length === 0 ? [] : [{ ...filed, remove: [] }];
}

const isToMake = ({ made, id }: Label) => made === true && id === "new";

export function fileMail(api: gmail_v1.Gmail, effects: FilingEffects, action: Filing): Doing {
  const makes = action.messages.some(({ add }) => add.some(isToMake));
  let { messages } = action;

  /** A label that this request makes has its id once an attempt made it; until then no message can have it. */
  async function stands(): Promise<Stand[]> {
    if (makes) {
      const all = await labels(api);
      messages = action.messages.map((filed) => identified(filed, all));
    }
    const found = await lying(api, messageIds(messages));
    return messages.map((filed, index) => standOf(action.kind, filed, found[index]));
  }

  async function make(): Promise<void> {
    const names = new Set(messages.flatMap(({ add }) => add.filter(isToMake).map((l) => l.name)));
    const made: Label[] = [];
    for (const name of names) made.push(await effects.makeLabel(api, name));
    messages = messages.map((filed) => identified(filed, made));
  }

  async function move(now: readonly Stand[]): Promise<void> {
    if (makes) await make();
    const left = messages.filter((_, index) => now[index] === "before");
    if (action.kind !== "mail.label") {
      await effects.bin(api, messageIds(left), action.kind === "mail.trash" ? "trash" : "untrash");
    }
    if (action.kind === "mail.trash") return;
    // Out of the bin, a message lies in the inbox again if it did before.
    const wanted = action.kind === "mail.label" ? left : left.flatMap(toInbox);
    for (const alike of groups(wanted)) {
      const { add = [], remove = [] } = alike[0] ?? {};
      const change = { add: idsOf(add), remove: idsOf(remove) };
      await effects.relabel(api, messageIds(alike), change);
    }
  }

  return {
    words: { gone: "the mails: they are gone", undone: "Gmail shows the mails where they were." },

    async attempt(attempts) {
      try {
        const now = await stands();
        const count = (stand: Stand) => now.filter((one) => one === stand).length;
        const gone = count("gone");
        // After a crash some may be moved already; at first, whoever moved them was not us.
        const moved = count("other") + (attempts > 1 ? 0 : count("after"));
        if (gone + moved > 0) {
          const changed = [
            ...(gone === 0 ? [] : [`${gone} of ${now.length} mails: gone`]),
            ...(moved === 0 ? [] : [`${moved} of ${now.length} mails: labels`]),
          ];
          return { outcome: { state: "drifted", changed } };
        }
        await move(now);
        return { outcome: { state: "done" } };
      } catch (error) {
        return afterRefusal(error, "thread_unknown");
      }
    },

    async look() {
      try {
        return (await stands()).every((stand) => stand === "after") ? { state: "done" } : "undone";
      } catch (error) {
        refusalOf(error);
        return { state: "unknown" };
      }
    },
  };
}
