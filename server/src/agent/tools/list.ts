/** Messages as a list for the model: who, when, what about; never their text. */
import type { Found } from "../../actions/mailroom.ts";
import { plural, type ToolOutcome } from "./outcome.ts";

export function listed(found: Found): ToolOutcome {
  return {
    json: {
      found: found.found,
      shown: found.messages.length,
      messages: found.messages.map((message) => ({
        id: message.id,
        thread_id: message.threadId,
        from: message.from,
        to: message.to.slice(0, 200),
        subject: message.subject,
        date: message.date,
        snippet: message.snippet,
        ...(message.attachments.length === 0
          ? {}
          : { attachments: message.attachments.map((file) => file.filename) }),
      })),
      ...(found.next === undefined ? {} : { next_page: found.next }),
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
