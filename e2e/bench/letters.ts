/** The mail of the rows: twenty threads about one closing, one of thirty long messages, and what its owner wrote to Ana. Pure. */

export const MAYA = { sub: "google-oauth2|bench", email: "maya@northgate.example" };

/** So many others. */
export function crowdOf(count: number): { sub: string; email: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    sub: `google-oauth2|b${index}`,
    email: `b${index}@northgate.example`,
  }));
}

export const ANA = "Ana Ruiz <ana.ruiz@helio-capital.example>";
export const THREADS = 20;
export const LONG = 30;
export const LONG_SUBJECT = "Project Falcon: open points";

const PARAGRAPH =
  "We have been through the closing set once more. The price mechanism stands as marked in the draft of Friday, the escrow is held for eighteen months, and the seller's counsel still wants the cap on general claims at ten per cent of the price. ";

function idOf(subject: string, index: number): string {
  return `<${subject.replace("Re: ", "").replaceAll(/\W/g, "-")}.${index}@helio-capital.example>`;
}

function letter(
  index: number,
  from: string,
  to: string,
  subject: string,
  text: string,
  before: readonly string[] = [],
): string {
  const date = new Date(Date.UTC(2026, 10, 2, 8, index)).toUTCString();
  return [
    `Message-ID: ${idOf(subject, index)}`,
    ...(before.length === 0
      ? []
      : [`In-Reply-To: ${before.at(-1)}`, `References: ${before.join(" ")}`]),
    `From: ${from}`,
    `To: ${to}`,
    `Date: ${date}`,
    `Subject: ${subject}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ].join("\r\n");
}

const maya = `Maya Field <${MAYA.email}>`;

export function letters(): string[] {
  const single = Array.from({ length: THREADS }, (_, index) =>
    letter(
      index,
      ANA,
      maya,
      `Closing, paper ${index}`,
      `Hello Maya,\r\n\r\n${PARAGRAPH.repeat(8)}`,
    ),
  );
  const ids = Array.from({ length: LONG }, (_, index) => idOf(LONG_SUBJECT, 100 + index));
  const long = ids.map((_, index) =>
    letter(
      100 + index,
      index % 2 === 0 ? ANA : maya,
      index % 2 === 0 ? maya : ANA,
      index === 0 ? LONG_SUBJECT : `Re: ${LONG_SUBJECT}`,
      `Hello,\r\n\r\nround ${index}. ${PARAGRAPH.repeat(10)}`,
      ids.slice(0, index),
    ),
  );
  return [...single, ...long];
}
