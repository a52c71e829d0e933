/** Mail as real mailboxes have it at their worst, made here byte by byte, and what reading it must come to. */
import type { ToolName } from "@vaultdesk/shared/scope.ts";

import { bombOf, docxOf, pdfOf } from "../../server/src/attachments/files-for-tests.ts";

const MAYA = "maya@northgate.example";

interface Letter {
  subject?: string;
  to?: string;
  type?: string;
  /** As it goes over the wire. */
  body?: Uint8Array | string;
  more?: readonly string[];
  minute?: number;
}

let letters = 0;

function letter({ subject, to = MAYA, type, body = "", more = [], minute = 0 }: Letter): Buffer {
  letters += 1;
  const at = new Date(Date.UTC(2026, 10, 20, 9, minute));
  const head = [
    "From: Ana Ruiz <ana.ruiz@helio-capital.example>",
    `To: ${to}`,
    ...(subject === undefined ? [] : [`Subject: ${subject}`]),
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${letters}@stress.example>`,
    "MIME-Version: 1.0",
    `Content-Type: ${type ?? "text/plain; charset=utf-8"}`,
    ...more,
    "",
    "",
  ].join("\r\n");
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

function withFile(subject: string, filename: string, bytes: Uint8Array): Buffer {
  const base64 = Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\r\n");
  const body = [
    "--b",
    "Content-Type: text/plain",
    "",
    "Attached.",
    "--b",
    `Content-Type: application/octet-stream; name="${filename}"`,
    `Content-Disposition: attachment; filename="${filename}"`,
    "Content-Transfer-Encoding: base64",
    "",
    base64,
    "--b--",
    "",
  ].join("\r\n");
  return letter({ subject, type: 'multipart/mixed; boundary="b"', body });
}

/** Each answers the one before and quotes all that it quoted. */
function longThread(count: number): Buffer[] {
  let quoted = "";
  return Array.from({ length: count }, (_, index) => {
    const own = `Message ${index + 1} of the thread says what nobody has said before: ${index * 7919}.`;
    const text = `${own}\r\n\r\nOn Fri, 20 Nov 2026, Ana Ruiz wrote:\r\n${quoted}`;
    quoted = `> ${own}\r\n${quoted.replaceAll(/^/gm, "> ")}`.slice(0, 20_000);
    const more = index === 0 ? [] : [`References: <${letters}@stress.example>`];
    return letter({ subject: "Long thread", minute: index, body: text, more });
  });
}

function html(megabytes: number): string {
  const row =
    '<tr><td style="font-family:Arial;color:#222"><a href="https://x.example/">Row</a> of the table</td></tr>';
  const rows = row.repeat(Math.ceil((megabytes * 1_000_000) / row.length));
  return `<html><body><p>The price is 92m.</p><table>${rows}</table></body></html>`;
}

function nested(depth: number): Letter {
  const body = Array.from({ length: depth }, (_, level) =>
    [`--n${level}`, `Content-Type: multipart/mixed; boundary="n${level + 1}"`, "", ""].join("\r\n"),
  ).join("");
  const inner = [`--n${depth}`, "Content-Type: text/plain", "", "The innermost word.", ""];
  return {
    subject: "Nested",
    type: 'multipart/mixed; boundary="n0"',
    body: body + inner.join("\r\n"),
  };
}

export interface Stress {
  name: string;
  /** By which the thread is found. */
  subject: string;
  mail: readonly Buffer[];
  tool: ToolName;
  /** Each stands in the tool's answer. */
  says: readonly RegExp[];
}

const people = Array.from({ length: 50 }, (_, index) => `"Doe, J" <j${index}@many.example>`);
const pages = Array.from(
  { length: 300 },
  (_, index) => `Page ${index + 1} of the agreement. ${"Words of lawyers. ".repeat(10)}`,
);

export const STRESS: readonly Stress[] = [
  {
    name: "a thread of 200 messages",
    subject: "Long thread",
    mail: longThread(200),
    tool: "read_email_thread",
    says: [/"message_count":200/, /Message 200 of the thread/, /ask again with from_message/],
  },
  {
    name: "a mail of 2 MB HTML",
    subject: "HTML",
    mail: [letter({ subject: "HTML", type: "text/html; charset=utf-8", body: html(2) })],
    tool: "read_email_thread",
    says: [/The price is 92m/, /cut: \d+ more characters/],
  },
  {
    name: "a mail of 5 MB text without a line break",
    subject: "One line",
    mail: [letter({ subject: "One line", body: `Start ${"word ".repeat(1_000_000)}` })],
    tool: "read_email_thread",
    says: [/Start word/, /cut: \d+ more characters/],
  },
  {
    name: "a PDF of 300 pages",
    subject: "PDF",
    mail: [withFile("PDF", "cim.pdf", pdfOf(pages))],
    tool: "read_attachment",
    says: [/\[page 1\]/, /"parts":300/, /ask again with from_part/],
  },
  {
    name: "an encrypted PDF",
    subject: "Locked",
    mail: [withFile("Locked", "locked.pdf", pdfOf(["secret"], true))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /locked with a password/],
  },
  {
    name: "a corrupt PDF",
    subject: "Corrupt",
    mail: [withFile("Corrupt", "corrupt.pdf", Buffer.from("%PDF-1.7\nrubbish"))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /broken/],
  },
  {
    name: "a corrupt Word document",
    subject: "Cut",
    mail: [withFile("Cut", "cut.docx", docxOf(["Hello"]).slice(0, 90))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /broken|no Word/],
  },
  {
    name: "an encrypted Word document",
    subject: "Sealed",
    mail: [withFile("Sealed", "sealed.docx", Buffer.from("d0cf11e0a1b11ae1", "hex"))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /password/],
  },
  {
    name: "a zip bomb in a Word document",
    subject: "Bomb",
    mail: [withFile("Bomb", "bomb.docx", bombOf(100))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /zip bomb/],
  },
  {
    name: "winmail.dat, in a mail",
    subject: "Outlook",
    mail: [withFile("Outlook", "winmail.dat", Buffer.from("789f3e2200", "hex"))],
    tool: "read_email_thread",
    says: [/Attached\./, /only Outlook reads/],
  },
  {
    name: "winmail.dat, as a file",
    subject: "Outlook file",
    mail: [withFile("Outlook file", "winmail.dat", Buffer.from("789f3e2200", "hex"))],
    tool: "read_attachment",
    says: [/"error":"unreadable"/, /winmail\.dat/],
  },
  {
    name: "ISO-2022-JP",
    subject: "日本",
    mail: [
      letter({
        subject: "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=",
        type: "text/plain; charset=ISO-2022-JP",
        body: Buffer.from("1b2442467c4b5c1b2842", "hex"),
      }),
    ],
    tool: "read_email_thread",
    says: [/"subject":"日本"/, /"text":"日本"/],
  },
  {
    name: "right to left, with an override",
    subject: "RTL",
    mail: [letter({ subject: "RTL", body: "שלום מאיה, המחיר 92m \u202egpj.exe" })],
    tool: "read_email_thread",
    says: [/שלום מאיה, המחיר 92m/],
  },
  {
    name: "no subject",
    subject: "",
    mail: [letter({ body: "Nobody named this." })],
    tool: "read_email_thread",
    says: [/"subject":""/, /Nobody named this/],
  },
  {
    name: "no body",
    subject: "Empty",
    mail: [letter({ subject: "Empty" })],
    tool: "read_email_thread",
    says: [/"subject":"Empty"/, /"text":""/],
  },
  {
    name: "50 recipients",
    subject: "Many",
    mail: [letter({ subject: "Many", to: people.join(",\r\n "), body: "To all." })],
    tool: "read_email_thread",
    says: [/To all/, /and 40 more/],
  },
  {
    name: "parts in parts, 60 deep",
    subject: "Nested",
    mail: [letter(nested(60))],
    tool: "read_email_thread",
    says: [/The innermost word/],
  },
];
