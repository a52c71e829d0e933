/** A letter -> RFC 822 bytes. Nothing is taken from the clock or from chance: the same letter gives the same bytes. */
import { createHash } from "node:crypto";

import MailComposer from "nodemailer/lib/mail-composer";

import type { Letter, Thread } from "./letter.ts";
import { renderPaper } from "./paper.ts";
import type { Person } from "./people.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");

function hash(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(parts.join(" ")).digest("hex").slice(0, 24);
}

function messageId(thread: Thread, index: number): string {
  const domain = thread.letters[index]?.from.email.split("@")[1] ?? "";
  return `<${hash(thread.key, index)}@${domain}>`;
}

const named = ({ name, email }: Person) => ({ name, address: email });

/** As the writer's clock showed it. */
function sayWhen(at: string): string {
  const [, year = "", month = "1", day = "1", time = ""] =
    /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(at) ?? [];
  const weekday = DAYS[new Date(`${at.slice(0, 10)}T12:00:00Z`).getUTCDay()] ?? "";
  return `${weekday}, ${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year} at ${time}`;
}

function attribution({ at, from }: Letter): string {
  return `On ${sayWhen(at)}, ${from.name} <${from.email}> wrote:`;
}

function plainText(letter: Letter, before: Letter | undefined): string {
  const own = letter.text.join("\n\n");
  if (letter.quotes === undefined || before === undefined) return `${own}\n`;
  const quoted = before.text.join("\n\n").replace(/^/gm, "> ").replace(/^> $/gm, ">");
  return `${own}\n\n${attribution(before)}\n\n${quoted}\n`;
}

const crlf = (text: string) => text.replaceAll("\n", "\r\n");

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function htmlParagraphs(text: readonly string[]): string {
  return text.map((part) => `<p>${escape(part).replaceAll("\n", "<br>\n")}</p>`).join("\n");
}

function htmlText(letter: Letter, before: Letter | undefined): string {
  const own = htmlParagraphs(letter.text);
  const quote =
    letter.quotes === undefined || before === undefined
      ? ""
      : `\n<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escape(attribution(before))}<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">
${htmlParagraphs(before.text)}
</blockquote></div>`;
  return `<div dir="ltr">${own}</div>${quote}\n`;
}

export async function compose(thread: Thread, index: number): Promise<Buffer> {
  const letter = thread.letters[index];
  if (letter === undefined) throw new Error(`${thread.key} has no letter ${index}`);
  const before = thread.letters[index - 1];
  const prefix = index === 0 ? "" : (thread.prefix ?? "Re: ");
  const attachments = await Promise.all(
    (letter.files ?? []).map(async (paper) => ({
      filename: paper.filename,
      contentType: "application/pdf",
      content: await renderPaper(paper),
    })),
  );
  const html = letter.html === true ? htmlText(letter, before) : letter.html;
  const references = thread.letters.slice(0, index).map((_, at) => messageId(thread, at));
  const node = new MailComposer({
    messageId: messageId(thread, index),
    ...(index === 0
      ? {}
      : { inReplyTo: messageId(thread, index - 1), references: references.join(" ") }),
    date: new Date(letter.at),
    from: named(letter.from),
    to: letter.to.map(named),
    cc: (letter.cc ?? []).map(named),
    subject: letter.subject ?? `${prefix}${thread.subject}`,
    text: crlf(plainText(letter, before)),
    ...(html === undefined ? {} : { html: crlf(html) }),
    attachments,
    headers: { ...letter.headers },
    baseBoundary: hash("boundary", thread.key, index),
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return node.build();
}
