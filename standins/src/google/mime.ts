/**
 * RFC 822 bytes -> Gmail's tree of parts: every header as it stands (encoded words decoded), text in UTF-8, attachments by id.
 * A part that can't be decoded keeps its headers and its size and has no text.
 */
import { Readable } from "node:stream";

import libmime from "libmime";
import { type MimeNode, type Piece, Splitter } from "mailsplit";

export interface Header {
  name: string;
  value: string;
}

export interface Part {
  partId: string;
  mimeType: string;
  filename: string;
  headers: Header[];
  /** Absent for containers and for text shown in the message. */
  attachmentId: string | undefined;
  bytes: Buffer;
  parts: Part[];
}

interface Open {
  node: MimeNode;
  chunks: Buffer[];
  children: Open[];
}

function headersOf(node: MimeNode): Header[] {
  return node.headers.getList().map(({ line }) => {
    const at = line.indexOf(":");
    const value = line
      .slice(at + 1)
      .replace(/\r?\n/g, "")
      .trim();
    return { name: line.slice(0, at), value: words(value) };
  });
}

/** Encoded words of RFC 2047; a charset nobody knows stays as it is written. */
function words(text: string): string {
  try {
    return libmime.decodeWords(text);
  } catch {
    return text;
  }
}

function quotedPrintable(text: string): Buffer {
  const bytes: number[] = [];
  const joined = text.replace(/=[ \t]*\r?\n/g, "");
  for (let at = 0; at < joined.length; at += 1) {
    const hex =
      joined[at] === "=" ? /^[0-9A-F]{2}/i.exec(joined.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex === undefined) bytes.push(joined.charCodeAt(at) & 255);
    else {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    }
  }
  return Buffer.from(bytes);
}

function transferDecoded(node: MimeNode, raw: Buffer): Buffer {
  switch ((node.encoding === false ? "" : node.encoding).toLowerCase()) {
    case "base64":
      return Buffer.from(raw.toString("latin1"), "base64");
    case "quoted-printable":
      return quotedPrintable(raw.toString("latin1"));
    default:
      return raw;
  }
}

function inUtf8(bytes: Buffer, charset: string): Buffer {
  try {
    return Buffer.from(new TextDecoder(charset).decode(bytes));
  } catch {
    return bytes;
  }
}

function partOf(open: Open, partId: string): Part {
  const { node } = open;
  const mimeType =
    node.contentType === false || node.contentType === "" ? "text/plain" : node.contentType;
  const headers = headersOf(node);
  const base = { partId, mimeType, headers };
  if (node.multipart !== false) {
    return {
      ...base,
      filename: "",
      attachmentId: undefined,
      bytes: Buffer.alloc(0),
      parts: open.children.map((child, index) =>
        partOf(child, partId === "" ? String(index) : `${partId}.${index}`),
      ),
    };
  }
  const filename = node.filename === false ? "" : words(node.filename);
  const decoded = transferDecoded(node, Buffer.concat(open.chunks));
  const attached =
    filename !== "" || node.disposition === "attachment" || !mimeType.startsWith("text/");
  const isText = mimeType.startsWith("text/") && !attached;
  return {
    ...base,
    filename,
    // One id for one part of one message: asking twice gives the same.
    attachmentId: attached
      ? `ANGjdJ-${partId === "" ? "r" : partId.replaceAll(".", "_")}`
      : undefined,
    bytes:
      isText && node.charset !== false && node.charset !== ""
        ? inUtf8(decoded, node.charset)
        : decoded,
    parts: [],
  };
}

export async function parseMime(raw: Uint8Array): Promise<Part> {
  const opened = new Map<MimeNode, Open>();
  let root: Open | undefined;
  let current: Open | undefined;
  const splitter = new Splitter({ ignoreEmbedded: true });
  const pieces: AsyncIterable<Piece> = Readable.from([Buffer.from(raw)]).pipe(splitter);
  for await (const piece of pieces) {
    if (piece.type === "node") {
      current = { node: piece, chunks: [], children: [] };
      opened.set(piece, current);
      root ??= current;
      if (piece.parentNode !== false) opened.get(piece.parentNode)?.children.push(current);
    } else if (piece.type === "body") current?.chunks.push(piece.value);
  }
  if (root === undefined) throw new Error("the message has no header");
  return partOf(root, "");
}

export function* walk(part: Part): Generator<Part> {
  yield part;
  for (const child of part.parts) yield* walk(child);
}

export function headerIn(part: Part, name: string): string {
  const wanted = name.toLowerCase();
  return part.headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? "";
}

/** The text a person reads: plain parts, else HTML without its tags. */
export function textIn(part: Part): string {
  const shown = [...walk(part)].filter(
    (one) => one.attachmentId === undefined && one.parts.length === 0,
  );
  const plain = shown
    .filter((one) => one.mimeType === "text/plain")
    .map((one) => one.bytes.toString());
  if (plain.join("").trim() !== "") return plain.join("\n");
  return shown
    .filter((one) => one.mimeType === "text/html")
    .map((one) =>
      one.bytes
        .toString()
        .replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
        .replace(/<[^>]+>/g, " "),
    )
    .join("\n");
}

export function htmlIn(part: Part): string | undefined {
  return [...walk(part)]
    .find((one) => one.mimeType === "text/html" && one.attachmentId === undefined)
    ?.bytes.toString();
}

/** `body` and `parts` as Gmail's format=full gives them. */
export function resourceOf(part: Part): object {
  const { partId, mimeType, filename, headers, attachmentId, bytes, parts } = part;
  const container = mimeType.startsWith("multipart/");
  const data = container || bytes.length === 0 ? {} : { data: bytes.toString("base64url") };
  return {
    partId,
    mimeType,
    filename,
    headers,
    body:
      attachmentId === undefined
        ? { size: bytes.length, ...data }
        : { attachmentId, size: bytes.length },
    ...(container ? { parts: parts.map(resourceOf) } : {}),
  };
}
