/** `read_email_thread`: all messages of a thread, as text. */
import { z } from "zod";

import { plural, refused } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

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

export const readEmailThread = readTool(
  {
    name: "read_email_thread",
    title: "Reading the thread",
    description: "Read all messages of a thread, oldest first.",
    args: z.strictObject({ thread_id: GoogleId }),
  },
  async ({ thread_id: id }, { mail }, signal) => {
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
  },
);
