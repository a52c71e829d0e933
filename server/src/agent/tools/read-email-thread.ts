/**
 * `read_email_thread`: a thread as text, without what its messages only repeat. Long threads and long messages come in parts; what is not
 * shown is named, with the call that shows it.
 */
import { z } from "zod";

import { foldThread } from "../../google/fold.ts";
import type { MessageText } from "../../google/message.ts";
import { failed, plural, refused, type ToolOutcome } from "./outcome.ts";
import { partsNote, windowOf } from "./thread-window.ts";
import { GoogleId, readTool } from "./tool.ts";

const PART = 24_000;
const PEOPLE = 10;

/** The first of many recipients, and how many more there are. */
function people(list: string): string {
  const all = list.match(/(?:[^",]|"[^"]*"|")+/g) ?? [];
  if (all.length <= PEOPLE) return list.slice(0, 1000);
  return `${all.slice(0, PEOPLE).join(",").slice(0, 1000)}, and ${all.length - PEOPLE} more`;
}

/** One message, or a part of it, whole: with its quotes. */
function piece(message: MessageText, from: number): ToolOutcome {
  const { text, subject } = message;
  const end = Math.min(from + PART, text.length);
  if (from > 0 && from >= text.length) {
    return failed("bad_arguments", `The message has ${text.length} characters.`);
  }
  return {
    json: {
      ...headShown(message),
      subject,
      characters: `${from} to ${end} of ${text.length}`,
      text: text.slice(from, end),
      ...(end < text.length ? { more: `ask again with from_character ${end}` } : {}),
    },
    ok: true,
    untrusted: true,
    summary: `Read ${end - from} characters of one message`,
    details: [`${message.from} · ${message.date.slice(0, 10)}`],
  };
}

function cut(text: string, id: string): string {
  if (text.length <= PART) return text;
  const rest = text.length - PART;
  return `${text.slice(0, PART)}\n[cut: ${rest} more characters; ask with message_id ${id} and from_character]`;
}

function headShown({ id, from, to, cc, date, attachments, hidden }: MessageText): object {
  return {
    id,
    from,
    to: people(to),
    ...(cc === "" ? {} : { cc: people(cc) }),
    date,
    // Worth a word to the user: honest mail hides little but the line that lists of mails show.
    ...(hidden === undefined
      ? {}
      : { left_out: `${hidden} characters that this mail hides from its reader` }),
    ...(attachments.length === 0
      ? {}
      : {
          attachments: attachments.map((file) => ({
            filename: file.filename,
            mime_type: file.mimeType,
            size: file.size,
          })),
        }),
  };
}

export const readEmailThread = readTool(
  {
    name: "read_email_thread",
    title: "Reading the thread",
    description:
      "Read a thread, oldest first; of a long one the newest messages, and how to ask for the others. Repeated quotes, signatures and disclaimers are folded; with message_id, that message is shown whole.",
    args: z.strictObject({
      thread_id: GoogleId,
      from_message: z.int().min(1).optional().describe("Begin with this message, counted from 1."),
      message_id: GoogleId.optional().describe("Only this message, unfolded."),
      from_character: z.int().min(0).default(0).describe("With message_id: where to go on."),
    }),
  },
  async (args, { mail }, signal) => {
    const found = await mail.thread(args.thread_id, signal);
    if (!found.ok) return refused(found.problem);
    const { messages, subject, id } = found.value;
    if (args.message_id !== undefined) {
      const one = messages.find((message) => message.id === args.message_id);
      return one === undefined
        ? failed("unknown_id", "That message is not in this thread.")
        : piece(one, args.from_character);
    }
    const texts = foldThread(messages.map((message) => message.text));
    const lengths = texts.map((text) => Math.min(text.length, PART));
    const window = windowOf(lengths, PART, args.from_message);
    const shown = messages.slice(window.start, window.end);
    return {
      json: {
        thread_id: id,
        subject,
        message_count: messages.length,
        ...partsNote(window, messages.length),
        messages: shown.map((message, index) => {
          const at = window.start + index;
          return { n: at + 1, ...headShown(message), text: cut(texts[at] ?? "", message.id) };
        }),
      },
      ok: true,
      untrusted: true,
      summary:
        shown.length === messages.length
          ? `Read ${plural(messages.length, "message")}`
          : `Read ${shown.length} of ${messages.length} messages`,
      details: shown.map((m) => `${m.from} · ${m.date.slice(0, 10)}`),
    };
  },
);
