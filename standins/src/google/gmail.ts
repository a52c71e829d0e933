/** Gmail's methods by Google's own ids. Reference: developers.google.com/workspace/gmail/api/reference/rest. */
import { z } from "zod";

import {
  addMessage,
  type Box,
  type Format,
  hasThread,
  messageOf,
  messageResource,
  messagesOfThread,
  oldestHistory,
  relabel,
  removeMessage,
  searchBox,
  type SendAs,
  type StoredMessage,
} from "./box.ts";
import { GoogleError, invalid, notFound } from "./errors.ts";
import { walk } from "./mime.ts";
import { bodyOf, type Call, type Handlers, pageOf, param } from "./request.ts";
import { type Post, sendMail } from "./send.ts";

const Outgoing = z.object({ raw: z.string().min(1), threadId: z.string().optional() });
const DraftBody = z.object({ id: z.string().optional(), message: Outgoing.optional() });
const NewLabel = z.looseObject({ name: z.string().min(1).max(225) });

const Labels = z.object({
  ids: z.array(z.string()).default([]),
  addLabelIds: z.array(z.string()).default([]),
  removeLabelIds: z.array(z.string()).default([]),
});

function formatOf(call: Call): Format {
  const format = call.query.get("format") ?? "full";
  const known = (["full", "metadata", "minimal", "raw"] as const).find((one) => one === format);
  if (known === undefined) throw invalid(`Invalid value at 'format': ${format}`);
  return known;
}

function shown(call: Call, message: StoredMessage): object {
  return messageResource(message, formatOf(call), call.query.getAll("metadataHeaders"));
}

function found(call: Call, now: number): StoredMessage[] {
  const { query } = call;
  return searchBox(
    call.box,
    query.get("q") ?? "",
    query.getAll("labelIds"),
    query.get("includeSpamTrash") === "true",
    now,
  );
}

const brief = ({ id, threadId, labels }: StoredMessage) => ({
  id,
  threadId,
  labelIds: [...labels],
});

function draftMessage(box: Box, draftId: string): StoredMessage {
  const id = box.drafts.get(draftId);
  if (id === undefined) throw notFound();
  return messageOf(box, id);
}

function bytesOf(raw: string): Buffer {
  return Buffer.from(raw, "base64url");
}

/** A thread of its own counts as none: the draft's message is its only one. */
function keptThread(box: Box, message: StoredMessage): string | undefined {
  return messagesOfThread(box, message.threadId).length > 1 ? message.threadId : undefined;
}

export function gmailHandlers(post: Post): Handlers {
  let drafts = 0;
  const messages: Handlers = {
    "gmail.users.getProfile": ({ box }) => ({
      emailAddress: box.email,
      messagesTotal: box.messages.size,
      threadsTotal: new Set([...box.messages.values()].map((m) => m.threadId)).size,
      historyId: String(box.history.at(-1)?.id ?? oldestHistory()),
    }),
    "gmail.users.messages.list": (call) =>
      pageOf(call, found(call, post.now()), "messages", ({ id, threadId }) => ({ id, threadId })),
    "gmail.users.messages.get": (call) => shown(call, messageOf(call.box, param(call, "id"))),
    "gmail.users.messages.attachments.get": (call) => {
      const part = [...walk(messageOf(call.box, param(call, "messageId")).payload)].find(
        (one) => one.attachmentId === param(call, "id"),
      );
      if (part === undefined) throw invalid("Invalid attachment token");
      return { size: part.bytes.length, data: part.bytes.toString("base64url") };
    },
    "gmail.users.messages.send": async (call) => {
      const { raw, threadId } = bodyOf(call, Outgoing);
      if (threadId !== undefined && !hasThread(call.box, threadId)) throw notFound();
      return brief(await sendMail(post, call.box, bytesOf(raw), threadId));
    },
    "gmail.users.messages.modify": (call) => {
      const { addLabelIds, removeLabelIds } = bodyOf(call, Labels);
      return brief(
        relabel(call.box, messageOf(call.box, param(call, "id")), addLabelIds, removeLabelIds),
      );
    },
    "gmail.users.messages.trash": (call) =>
      brief(relabel(call.box, messageOf(call.box, param(call, "id")), ["TRASH"], ["INBOX"])),
    "gmail.users.messages.untrash": (call) =>
      brief(relabel(call.box, messageOf(call.box, param(call, "id")), [], ["TRASH"])),
    "gmail.users.messages.batchModify": (call) => {
      const { ids, addLabelIds, removeLabelIds } = bodyOf(call, Labels);
      for (const id of ids) {
        const message = call.box.messages.get(id);
        if (message !== undefined) relabel(call.box, message, addLabelIds, removeLabelIds);
      }
      return undefined;
    },
  };
  const threads: Handlers = {
    "gmail.users.threads.list": (call) => {
      const newest = new Map<string, StoredMessage>();
      for (const message of found(call, post.now())) {
        if (!newest.has(message.threadId)) newest.set(message.threadId, message);
      }
      return pageOf(call, [...newest.values()], "threads", (m) => ({
        id: m.threadId,
        snippet: m.snippet,
        historyId: m.historyId,
      }));
    },
    "gmail.users.threads.get": (call) => {
      const list = messagesOfThread(call.box, param(call, "id"));
      if (list.length === 0) throw notFound();
      return {
        id: param(call, "id"),
        historyId: list.at(-1)?.historyId ?? "",
        messages: list.map((m) => shown(call, m)),
      };
    },
    "gmail.users.threads.modify": (call) => eachOfThread(call, bodyOf(call, Labels)),
    "gmail.users.threads.trash": (call) =>
      eachOfThread(call, { addLabelIds: ["TRASH"], removeLabelIds: ["INBOX"] }),
    "gmail.users.threads.untrash": (call) =>
      eachOfThread(call, { addLabelIds: [], removeLabelIds: ["TRASH"] }),
  };
  const ofDrafts: Handlers = {
    "gmail.users.drafts.create": async (call) => {
      const { message } = bodyOf(call, DraftBody);
      if (message === undefined) throw invalid("Missing draft message");
      const stored = await addMessage(call.box, bytesOf(message.raw), {
        labels: ["DRAFT"],
        threadId: message.threadId,
        at: post.now(),
      });
      drafts += 1;
      const id = `r${BigInt(`0x${stored.id}`)}${drafts}`;
      call.box.drafts.set(id, stored.id);
      return { id, message: brief(stored) };
    },
    "gmail.users.drafts.get": (call) => ({
      id: param(call, "id"),
      message: shown(call, draftMessage(call.box, param(call, "id"))),
    }),
    "gmail.users.drafts.list": (call) =>
      pageOf(call, [...call.box.drafts.keys()], "drafts", (id) => {
        const { id: messageId, threadId } = draftMessage(call.box, id);
        return { id, message: { id: messageId, threadId } };
      }),
    "gmail.users.drafts.update": async (call) => {
      const { box } = call;
      const old = draftMessage(box, param(call, "id"));
      const { message } = bodyOf(call, DraftBody);
      if (message === undefined) throw invalid("Missing draft message");
      const kept = message.threadId ?? keptThread(box, old);
      removeMessage(box, old);
      const threadId = kept !== undefined && hasThread(box, kept) ? kept : undefined;
      // The draft id stays, its message id changes with every edit.
      const stored = await addMessage(box, bytesOf(message.raw), {
        labels: ["DRAFT"],
        threadId,
        at: post.now(),
      });
      box.drafts.set(param(call, "id"), stored.id);
      return { id: param(call, "id"), message: brief(stored) };
    },
    "gmail.users.drafts.delete": (call) => {
      const message = draftMessage(call.box, param(call, "id"));
      call.box.drafts.delete(param(call, "id"));
      removeMessage(call.box, message);
      return undefined;
    },
    "gmail.users.drafts.send": async (call) => {
      const { id, message } = bodyOf(call, DraftBody);
      if (id === undefined) throw invalid("Invalid draft");
      const { box } = call;
      const draft = draftMessage(box, id);
      const raw = message === undefined ? draft.raw : bytesOf(message.raw);
      const threadId = keptThread(box, draft);
      // Two sends at once: the draft is taken before the first await, so the second finds none.
      box.drafts.delete(id);
      removeMessage(box, draft);
      try {
        return brief(await sendMail(post, box, raw, threadId));
      } catch (error) {
        box.messages.set(draft.id, draft);
        box.drafts.set(id, draft.id);
        throw error;
      }
    },
  };
  const others: Handlers = {
    "gmail.users.labels.list": ({ box }) => ({ labels: box.labels.map(labelResource) }),
    "gmail.users.labels.get": (call) => {
      const label = call.box.labels.find((one) => one.id === param(call, "id"));
      if (label === undefined) throw notFound();
      return labelResource(label);
    },
    "gmail.users.labels.create": (call) => {
      const { name } = bodyOf(call, NewLabel);
      const { labels } = call.box;
      if (labels.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
        throw new GoogleError(409, "Label name exists or conflicts", "aborted", "ABORTED");
      }
      const label = { id: `Label_${labels.length + 1}`, name };
      labels.push(label);
      return labelResource(label);
    },
    "gmail.users.settings.sendas.list": ({ box }) => ({
      sendAs: box.sendAs.map((one) => sendAsOf(box, one)),
    }),
    "gmail.users.settings.sendas.get": (call) => {
      const wanted = param(call, "sendAsEmail").toLowerCase();
      const one = call.box.sendAs.find(({ email }) => email === wanted);
      if (one === undefined) throw notFound();
      return sendAsOf(call.box, one);
    },
    "gmail.users.history.list": ({ box, query }) => {
      const start = BigInt(query.get("startHistoryId") ?? "0");
      if (start < oldestHistory()) throw notFound();
      const rows = box.history.filter((row) => row.id > start);
      return {
        ...(rows.length === 0
          ? {}
          : {
              history: rows.map((row) => ({
                id: String(row.id),
                messages: [{ id: row.message.id, threadId: row.message.threadId }],
                [row.type]: [
                  {
                    message: brief(row.message),
                    ...(row.labels.length === 0 ? {} : { labelIds: row.labels }),
                  },
                ],
              })),
            }),
        historyId: String(box.history.at(-1)?.id ?? start),
      };
    },
  };
  return { ...messages, ...threads, ...ofDrafts, ...others };
}

function eachOfThread(
  call: Call,
  labels: { addLabelIds: string[]; removeLabelIds: string[] },
): object {
  const list = messagesOfThread(call.box, param(call, "id"));
  if (list.length === 0) throw notFound();
  for (const message of list) relabel(call.box, message, labels.addLabelIds, labels.removeLabelIds);
  return { id: param(call, "id"), messages: list.map(brief) };
}

function labelResource({ id, name }: { id: string; name: string }): object {
  return { id, name, type: id.startsWith("Label_") ? "user" : "system" };
}

function sendAsOf(box: Box, { email, name, signature, pending, isDefault }: SendAs): object {
  const primary = email === box.email;
  return {
    sendAsEmail: email,
    displayName: name,
    signature: signature ?? "",
    treatAsAlias: true,
    ...(primary ? { isPrimary: true } : {}),
    ...(isDefault === true ? { isDefault: true } : {}),
    // Gmail leaves the status out for the primary address.
    ...(primary ? {} : { verificationStatus: pending === true ? "pending" : "accepted" }),
  };
}
