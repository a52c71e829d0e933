import { ThreadId } from "@vaultdesk/shared/id.ts";
import { assert, asyncProperty, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { checkAddresses, formatParty, parseAddresses } from "./addresses.ts";
import { buildMime, readMime } from "./mime.ts";

const mail = {
  from: "Maya Field <maya@northgate.example>",
  to: ['"Ruiz, Ana" <ana.ruiz@helio-capital.example>'],
  cc: ["Jürgen Groß <j.gross@voss.example>"],
  bcc: ["quiet@northgate.example"],
  subject: "Größe des Übernahmeangebots – 价格",
  text: "Hello Ana,\n\n.\nFrom here on\n> quoted\n\nMaya",
  inReplyTo: "<a@mail.example>",
  references: "<0@mail.example> <a@mail.example>",
  attachments: [
    {
      filename: "LOI – draft.pdf",
      contentType: "application/pdf",
      content: Buffer.from("%PDF-1.4 x"),
    },
  ],
};

describe("a draft's bytes", () => {
  test("say what was put in, Bcc and attachment hash included", async () => {
    const threadId = ThreadId.parse("189af729deca2ec0");
    const read = await readMime(await buildMime(mail), threadId);
    expect(read.content).toMatchObject({
      from: mail.from,
      to: mail.to,
      cc: mail.cc,
      bcc: mail.bcc,
      subject: mail.subject,
      text: mail.text,
      threadId,
      attachments: [{ name: "LOI – draft.pdf", size: 10 }],
    });
    expect(read.references).toBe(mail.references);
  });

  test("built from what was read give the same content again", async () => {
    await assert(
      asyncProperty(
        string({ unit: "grapheme", maxLength: 200 }),
        string({ unit: "grapheme", maxLength: 80 }),
        async (text, subject) => {
          const clean = subject.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
          const first = await readMime(
            await buildMime({ ...mail, text, subject: clean }),
            undefined,
          );
          const again = await readMime(
            await buildMime({ ...mail, ...first.content, attachments: first.attachments }),
            undefined,
          );
          expect(again.content).toEqual(first.content);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("addresses", () => {
  test.each([
    ["a domain that a header would change", "eve@evil.example=?utf-8?b?¡"],
    ["a line break", "ana@helio.example\r\nBcc: thief@evil.example"],
    ["two at signs", "ana@@helio.example"],
    ["no domain", "ana"],
    ["no dot", "ana@localhost"],
    ["nothing", ""],
  ])("%s is refused and named", (_, entry) => {
    expect(checkAddresses([entry]).ok).toBe(false);
  });

  test("a name with a comma stays one address", () => {
    const [party] = parseAddresses('"Ruiz, Ana" <ANA@Helio.Example>');
    expect(party).toEqual({ name: "Ruiz, Ana", address: "ana@helio.example" });
    expect(formatParty({ name: "Ruiz, Ana", address: "ana@helio.example" })).toBe(
      '"Ruiz, Ana" <ana@helio.example>',
    );
  });

  test("the same address twice is one recipient", () => {
    const checked = checkAddresses(["Ana <ana@helio.example>", "ANA@helio.example"]);
    expect(checked).toEqual({ ok: true, parties: [{ name: "Ana", address: "ana@helio.example" }] });
  });
});
