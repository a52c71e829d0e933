/** `read_attachment`: a file's text with the pages, sheets, slides or paragraphs where it stands, in parts. */
import { z } from "zod";

import { visible } from "../../google/visible.ts";
import { failed, refused } from "./outcome.ts";
import { partsNote, windowOf } from "./thread-window.ts";
import { GoogleId, readTool } from "./tool.ts";

const PART = 12_000;

/** The notes of a window are about messages; here they are about sections. */
function notes(window: { start: number; end: number }, count: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(partsNote(window, count)).map(([key, text]) => [
      key,
      text.replaceAll(/\bmessages? /g, "parts ").replaceAll("from_message", "from_part"),
    ]),
  );
}

export const readAttachment = readTool(
  {
    name: "read_attachment",
    title: "Reading the attachment",
    description:
      "The text of an attached PDF, DOCX, XLSX, PPTX or text file, with page, sheet, slide or paragraph references to quote. Long files come in parts.",
    args: z.strictObject({
      message_id: GoogleId,
      number: z.int().min(1).max(200).default(1).describe("Of list_attachments, from 1."),
      from_part: z.int().min(1).default(1).describe("Where to go on."),
    }),
  },
  async ({ message_id: messageId, number, from_part: from }, { files }, signal) => {
    const found = await files.read(messageId, number, signal);
    if (!found.ok) return refused(found.problem);
    if (!found.value.ok) return failed("no_such_file", found.value.why);
    const { fact, read } = found.value;
    if (!read.ok) {
      const why = failed("unreadable", `${visible(fact.filename)}: ${read.why}`);
      return { ...why, untrusted: true };
    }
    const { kind, sections, note } = read.parsed;
    const lengths = sections.map(({ text }) => Math.min(text.length, PART));
    const window = windowOf(lengths, PART, from);
    const shown = sections.slice(window.start, window.end);
    return {
      json: {
        filename: visible(fact.filename),
        kind,
        parts: sections.length,
        ...notes(window, sections.length),
        ...(note === undefined ? {} : { note }),
        text: shown
          .map(({ ref, text }) => {
            const rest = text.length - PART;
            const cut = rest > 0 ? `\n[cut: ${rest} more characters of this part]` : "";
            return `[${visible(ref)}]\n${visible(text.slice(0, PART))}${cut}`;
          })
          .join("\n\n"),
      },
      ok: true,
      untrusted: true,
      summary: `Read ${fact.filename}${shown.length < sections.length ? ", a part of it" : ""}`,
      details: [`${kind}: ${shown.at(0)?.ref ?? ""} to ${shown.at(-1)?.ref ?? ""}`],
    };
  },
);
