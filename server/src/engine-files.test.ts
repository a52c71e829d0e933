/** Attachments over HTTP, from a mail in the Google stand-in to text with references, by the agent's own tools. */
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, test } from "vitest";

import { createFiles } from "./actions/files.ts";
import { listAttachments } from "./agent/tools/list-attachments.ts";
import { readAttachment } from "./agent/tools/read-attachment.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { docxOf, pdfOf } from "./attachments/files-for-tests.ts";
import { createFileReader } from "./attachments/read-file.ts";
import { ANA, MAYA, office, panel } from "./engine-office.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";

const never = new AbortController().signal;

test("a mail's files are listed and read in parts, with one token, the message and the file", async () => {
  const desk = await office();
  const pages = Array.from({ length: 200 }, (_, index) => `Page ${index + 1}. ${"x".repeat(80)}`);
  const raw = await new MailComposer({
    from: ANA,
    to: MAYA,
    subject: "Papers",
    text: "Attached.",
    attachments: [
      { filename: "NDA.docx", content: Buffer.from(docxOf(["1. Term", "Two years."])) },
      { filename: "CIM.pdf", content: Buffer.from(pdfOf(pages)) },
    ],
  })
    .compile()
    .build();
  await desk.google.importMail(MAYA, [{ raw }]);
  const [id = ""] = desk.google.mailbox(MAYA).threads()[0]?.messageIds ?? [];
  const files = createFiles({
    broker: desk.broker,
    openMailbox: mailboxesAt(desk.google.url),
    grant: panel,
    reader: createFileReader(),
  });
  const room = roomOf({ mail: desk.mail, files });

  const listed = await listAttachments.run({ message_id: id }, room, never);
  expect(listed.json).toMatchObject({
    attachments: [
      { number: 1, filename: "NDA.docx" },
      { number: 2, filename: "CIM.pdf" },
    ],
  });
  desk.lent.splice(0);
  const before = desk.google.calls.length;
  const nda = await readAttachment.run({ message_id: id }, room, never);
  expect(nda).toMatchObject({
    ok: true,
    untrusted: true,
    json: { filename: "NDA.docx", kind: "Word document" },
  });
  expect(JSON.stringify(nda.json)).toContain("[paragraphs 1 to 2]\\n1. Term\\nTwo years.");
  expect(desk.google.calls.slice(before).map(({ method }) => method)).toEqual([
    "gmail.users.messages.get",
    "gmail.users.messages.attachments.get",
  ]);

  const first = await readAttachment.run({ message_id: id, number: 2 }, room, never);
  const text = JSON.stringify(first.json);
  expect(text).toContain("[page 1]");
  expect(text).not.toContain("[page 200]");
  const from = Number(/from_part (\d+)/.exec(text)?.[1]);
  const next = await readAttachment.run(
    { message_id: id, number: 2, from_part: from },
    room,
    never,
  );
  expect(JSON.stringify(next.json)).toContain(`[page ${from}]`);

  const absent = await readAttachment.run({ message_id: id, number: 9 }, room, never);
  expect(absent).toMatchObject({ ok: false, json: { error: "no_such_file" } });
});
