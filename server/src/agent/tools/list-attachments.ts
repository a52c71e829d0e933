/** `list_attachments`: the files of a message. */
import { z } from "zod";

import { visible } from "../../google/visible.ts";
import { plural, refused } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

export const listAttachments = readTool(
  {
    name: "list_attachments",
    title: "Looking at the attachments",
    description: "The files attached to a message, with their numbers for read_attachment.",
    args: z.strictObject({ message_id: GoogleId }),
  },
  async ({ message_id: messageId }, { files }, signal) => {
    const found = await files.list(messageId, signal);
    if (!found.ok) return refused(found.problem);
    return {
      json: {
        message_id: messageId,
        attachments: found.value.map(({ number, filename, mimeType, size }) => ({
          number,
          filename: visible(filename),
          mime_type: mimeType,
          size,
        })),
      },
      ok: true,
      untrusted: true,
      summary: `Found ${plural(found.value.length, "attachment")}`,
      details: found.value.map(
        ({ filename, size }) => `${filename} · ${Math.ceil(size / 1000)} kB`,
      ),
    };
  },
);
