/**
 * Splits an mbox (RFC 4155, as Google Takeout writes it) into messages. A line `From ` at the start of a message separates;
 * `>From ` inside a message loses one `>`. A last message without its end of header is cut and told, the others are kept.
 */
export interface MboxMessage {
  raw: Buffer;
  /** 1 for the first. */
  number: number;
}

export interface Split {
  messages: MboxMessage[];
  cut: { number: number; why: string }[];
}

const SEPARATOR = /^From .*\d{4}\s*$/;

export function isMbox(bytes: Buffer): boolean {
  const first = bytes.subarray(0, 300).toString("latin1").split(/\r?\n/)[0] ?? "";
  return SEPARATOR.test(first);
}

/** The multipart closing line is missing where the file was cut inside a message. */
function isCut(text: string): string | undefined {
  const end = text.search(/\r?\n\r?\n/);
  if (end < 0) return "the file ends inside the header";
  const head = text.slice(0, end).replace(/\r?\n[ \t]+/g, " ");
  const boundary = /^content-type:.*boundary="?([^";\r\n]+)"?/im.exec(head)?.[1];
  if (boundary !== undefined && !text.includes(`--${boundary}--`)) {
    return "the file ends inside the message: its last part is missing";
  }
  return undefined;
}

export function splitMbox(bytes: Buffer): Split {
  const lines = bytes.toString("latin1").split("\n");
  const texts: string[] = [];
  let current: string[] | undefined;
  let blank = true;
  for (const line of lines) {
    if (blank && SEPARATOR.test(line)) {
      if (current !== undefined) texts.push(current.join("\n"));
      current = [];
    } else current?.push(/^>+From /.test(line) ? line.slice(1) : line);
    blank = line.trim() === "";
  }
  if (current !== undefined) texts.push(current.join("\n"));
  const split: Split = { messages: [], cut: [] };
  for (const [index, text] of texts.entries()) {
    const number = index + 1;
    const why = index === texts.length - 1 ? isCut(text) : undefined;
    if (why === undefined) split.messages.push({ raw: Buffer.from(text, "latin1"), number });
    else split.cut.push({ number, why });
  }
  return split;
}
