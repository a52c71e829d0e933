/**
 * The reading and drafting tools as they run. Arguments are parsed, never trusted; a bad call comes back as a result that says what to do.
 * The one write only names a draft: proposing is the graph's, sending is nobody's here.
 */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { type Problem, sentence } from "@vaultdesk/shared/problem.ts";
import type { z } from "zod";

import type { Found, Mailroom } from "../actions/mailroom.ts";
import { ARGUMENTS, type ToolCall, toolNames } from "./tool-definitions.ts";

export interface ToolOutcome {
  /** JSON for the model. */
  json: unknown;
  ok: boolean;
  /** True when the JSON holds mail text. */
  untrusted: boolean;
  summary: string;
  details: string[];
  draft?: DraftView;
  problem?: Problem;
}

export function failed(code: string, message: string, problem?: Problem): ToolOutcome {
  return {
    json: { error: code, message },
    ok: false,
    untrusted: false,
    summary: message,
    details: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

function refused(problem: Problem): ToolOutcome {
  return failed(problem.code, sentence(problem), problem);
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function listed(found: Found): ToolOutcome {
  return {
    json: {
      found: found.found,
      shown: found.messages.length,
      messages: found.messages.map((message) => ({
        id: message.id,
        thread_id: message.threadId,
        from: message.from,
        to: message.to.slice(0, 500),
        subject: message.subject,
        date: message.date,
        snippet: message.snippet,
        attachments: message.attachments.map((file) => file.filename),
      })),
    },
    ok: true,
    untrusted: true,
    summary:
      found.messages.length === 0
        ? "Found nothing"
        : `Found ${plural(found.messages.length, "message")}`,
    details: found.messages.map(
      (m) => `${m.from} · ${m.subject || "(no subject)"} · ${m.date.slice(0, 10)}`,
    ),
  };
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', " ").trim()}"`;
}

/** Gmail's search words of the arguments; quotes in values can't close the operator. */
export function queryOf(args: z.infer<(typeof ARGUMENTS)["search_gmail"]>): string {
  return [
    args.query,
    args.from === undefined ? undefined : `from:${quoted(args.from)}`,
    args.to === undefined ? undefined : `to:${quoted(args.to)}`,
    args.subject === undefined ? undefined : `subject:${quoted(args.subject)}`,
    args.after === undefined ? undefined : `after:${args.after.replaceAll("-", "/")}`,
    args.before === undefined ? undefined : `before:${args.before.replaceAll("-", "/")}`,
    args.has_attachment === true ? "has:attachment" : undefined,
  ]
    .filter((word) => word !== undefined && word !== "")
    .join(" ");
}

const THREAD_CHARACTERS = 60_000;
const MESSAGE_CHARACTERS = 12_000;

/** Text within the budget, newest messages whole first; what is cut is said, never dropped in silence. */
function fitted(texts: readonly string[]): string[] {
  let left = THREAD_CHARACTERS;
  const out: string[] = [];
  for (const text of texts.toReversed()) {
    const room = Math.max(0, Math.min(left, MESSAGE_CHARACTERS));
    out.push(
      text.length <= room
        ? text
        : `${text.slice(0, room)}\n[cut: ${text.length - room} more characters]`,
    );
    left -= Math.min(text.length, room);
  }
  return out.toReversed();
}

/** Runs a reading or drafting tool. */
export async function runTool(
  call: ToolCall,
  mail: Mailroom,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  switch (call.name) {
    case "search_gmail": {
      const args = ARGUMENTS.search_gmail.safeParse(call.args);
      if (!args.success) return badArguments(args.error);
      if (args.data.in_thread !== undefined)
        return searchThread(args.data.in_thread, args.data.query ?? "", mail, signal);
      const found = await mail.search(
        "search_gmail",
        { q: queryOf(args.data), max: args.data.max },
        signal,
      );
      return found.ok ? listed(found.value) : refused(found.problem);
    }
    case "get_latest_emails": {
      const args = ARGUMENTS.get_latest_emails.safeParse(call.args);
      if (!args.success) return badArguments(args.error);
      const labelIds =
        args.data.label === "unread" ? ["INBOX", "UNREAD"] : [args.data.label.toUpperCase()];
      const found = await mail.search(
        "get_latest_emails",
        { q: "", labelIds, max: args.data.max },
        signal,
      );
      return found.ok ? listed(found.value) : refused(found.problem);
    }
    case "read_email_thread": {
      const args = ARGUMENTS.read_email_thread.safeParse(call.args);
      return args.success
        ? readThread(args.data.thread_id, mail, signal)
        : badArguments(args.error);
    }
    case "draft_email_reply": {
      const args = ARGUMENTS.draft_email_reply.safeParse(call.args);
      if (!args.success) return badArguments(args.error);
      const { message_id: messageId, ...rest } = args.data;
      const saved = await mail.saveDraft({ ...rest, messageId }, signal);
      return saved.ok ? drafted(saved.value) : refused(saved.problem);
    }
    default:
      return failed(
        "unknown_tool",
        `There is no tool named ${call.name.slice(0, 60)}. Use one of: ${toolNames().join(", ")}.`,
      );
  }
}

export function badArguments(error: z.ZodError): ToolOutcome {
  const first = error.issues[0];
  const where = first?.path.join(".") ?? "";
  return failed(
    "bad_arguments",
    `The call was not understood: ${where} ${first?.message ?? ""}`.trim(),
  );
}

async function readThread(id: string, mail: Mailroom, signal: AbortSignal): Promise<ToolOutcome> {
  const found = await mail.thread(id, signal);
  if (!found.ok) return refused(found.problem);
  const { messages, subject } = found.value;
  const texts = fitted(messages.map((message) => message.text));
  return {
    json: {
      thread_id: found.value.id,
      subject,
      message_count: messages.length,
      messages: messages.map((message, index) => ({
        id: message.id,
        from: message.from,
        to: message.to.slice(0, 1000),
        cc: message.cc.slice(0, 1000),
        date: message.date,
        text: texts[index] ?? "",
        attachments: message.attachments.map((file) => ({
          filename: file.filename,
          mime_type: file.mimeType,
          size: file.size,
        })),
      })),
    },
    ok: true,
    untrusted: true,
    summary: `Read ${plural(messages.length, "message")}`,
    details: messages.map((m) => `${m.from} · ${m.date.slice(0, 10)}`),
  };
}

async function searchThread(
  id: string,
  query: string,
  mail: Mailroom,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const found = await mail.thread(id, signal);
  if (!found.ok) return refused(found.problem);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const messages = found.value.messages.filter((message) => {
    const text = `${message.from} ${message.subject} ${message.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return listed({ found: messages.length, messages });
}

function drafted(draft: DraftView): ToolOutcome {
  const { to, cc, subject, threadId } = draft.content;
  return {
    json: { draft_id: draft.draftId, thread_id: threadId ?? "", to, cc, subject, saved: true },
    ok: true,
    untrusted: false,
    summary: "Draft saved in Gmail. Nothing was sent.",
    details: [`To ${to.join(", ")}`, subject],
    draft,
  };
}
