/**
 * Judges an export by its lines alone: no store, no clock, no environment. Finds any edit, removal, insertion, reordering or cut, a head
 * that its key did not sign, another key than the expected one, and an approval whose rows tell an unlawful story. Stops at the first.
 * Without an expected key it proves only that the file agrees with itself.
 */
import { anchorHolds, readAnchor, type SignedAnchor } from "./anchor.ts";
import {
  GENESIS,
  hashOf,
  type Head,
  type Header,
  readHead,
  readHeader,
  readRow,
  type Row,
  signatureHolds,
  type SignedHead,
  signedBytes,
} from "./chain.ts";
import { follow, type Stories, type StoryFault } from "./story.ts";

export type Fault =
  | StoryFault
  | { reason: "empty" | "no_header" | "not_a_row" | "wrong_prev" | "wrong_hash" }
  | { reason: "wrong_key"; got: string }
  | { reason: "wrong_seq"; got: number }
  | { reason: "bad_signature" | "after_head" | "bad_anchor" }
  /** Against a file that vouches for no row after the cut: `marked` is its last. */
  | { reason: "cut_before"; marked: number }
  | { reason: "no_head"; rows: number }
  /** Against another file that vouches for rows: this one has another row there, or ends before it. */
  | { reason: "differs" }
  | { reason: "shorter"; marked: number }
  | { reason: "wrong_head"; head: Head; rows: number };

export type Verdict =
  | {
      ok: true;
      /** Of those that are there. */
      rows: number;
      head: Head;
      publicKey: string;
      /** Where rows were removed by their age: the last of them, when, and how many of those that were to be looked for went with them. */
      cut?: { seq: number; at: string; unseen: number };
    }
  /** `seq` is the first row known to be wrong or missing, 0 when nothing vouches for any; `line` is where it shows, from 1. */
  | { ok: false; seq: number; line: number; fault: Fault };

/** Takes an export line by line; deaf after the first fault. */
export interface Check {
  take(line: string): { goOn: boolean };
  end(): Verdict;
}

function firstBad(fault: Fault, last: number): number {
  switch (fault.reason) {
    case "empty":
    case "no_header":
    case "wrong_key":
    case "no_head":
    case "bad_signature":
    case "bad_anchor":
      return 0;
    case "wrong_head":
      return fault.head.seq === last ? 0 : Math.min(fault.head.seq, last) + 1;
    case "after_head":
    case "not_a_row":
    case "wrong_seq":
    case "wrong_prev":
    case "wrong_hash":
    case "differs":
    case "cut_before":
    case "shorter":
    case "entry":
    case "not_joined":
    case "moved_after_end":
    case "unlawful_move":
      return last + 1;
  }
}

/** Rows that another file vouches for: number -> hash. */
export type Marks = ReadonlyMap<number, string>;

export function createCheck(
  expectedKey: string | undefined,
  marks: Marks = new Map<number, string>(),
): Check {
  let stories: Stories = new Map();
  let cut: { seq: number; at: string; unseen: number } | undefined;
  let lines = 0;
  let header: Header | undefined;
  let last = { seq: 0, hash: GENESIS };
  let head: Head | undefined;
  let found: Verdict | undefined;

  function judgeHeader(line: string): Fault | undefined {
    header = readHeader(line);
    if (header === undefined) return { reason: "no_header" };
    if (expectedKey !== undefined && header.publicKey !== expectedKey) {
      return { reason: "wrong_key", got: header.publicKey };
    }
    return undefined;
  }

  function judgeAnchor(signed: SignedAnchor, publicKey: string): Fault | undefined {
    if (!anchorHolds(signed, publicKey)) return { reason: "bad_anchor" };
    const { seq, hash, at, open } = signed.anchor;
    if ((marks.get(seq) ?? hash) !== hash) return { reason: "differs" };
    const unseen = [...marks.keys()].filter((marked) => marked < seq).length;
    const marked = Math.max(0, ...marks.keys());
    if (marks.size > 0 && unseen === marks.size) return { reason: "cut_before", marked };
    cut = { seq, at, unseen };
    last = { seq, hash };
    stories = new Map(open);
    return undefined;
  }

  function judgeRow(row: Row): Fault | undefined {
    if (row.seq !== last.seq + 1) return { reason: "wrong_seq", got: row.seq };
    if (row.prev !== last.hash) return { reason: "wrong_prev" };
    if (row.hash !== hashOf(row.prev, row.seq, row.at, row.entry)) return { reason: "wrong_hash" };
    if ((marks.get(row.seq) ?? row.hash) !== row.hash) return { reason: "differs" };
    const fault = follow(stories, row.entry);
    if (fault === undefined) last = { seq: row.seq, hash: row.hash };
    return fault;
  }

  function judgeHead(signed: SignedHead, publicKey: string): Fault | undefined {
    if (!signatureHolds(publicKey, signedBytes(signed.head), signed.signature))
      return { reason: "bad_signature" };
    head = signed.head;
    if (head.seq !== last.seq || head.hash !== last.hash) {
      return { reason: "wrong_head", head, rows: last.seq };
    }
    const marked = Math.max(0, ...marks.keys());
    return marked > last.seq ? { reason: "shorter", marked } : undefined;
  }

  function judge(line: string): Fault | undefined {
    if (header === undefined) return judgeHeader(line);
    if (head !== undefined) return { reason: "after_head" };
    const row = readRow(line);
    if (row !== undefined) return judgeRow(row);
    // Right after the header, or it would hide what is between.
    const signedAnchor = lines === 2 ? readAnchor(line) : undefined;
    if (signedAnchor !== undefined) return judgeAnchor(signedAnchor, header.publicKey);
    const signed = readHead(line);
    return signed === undefined ? { reason: "not_a_row" } : judgeHead(signed, header.publicKey);
  }

  function failed(line: number, fault: Fault): Verdict {
    return { ok: false, seq: firstBad(fault, last.seq), line, fault };
  }

  return {
    take(line) {
      if (found !== undefined) return { goOn: false };
      lines += 1;
      const fault = judge(line);
      if (fault !== undefined) found = failed(lines, fault);
      return { goOn: fault === undefined };
    },
    end() {
      if (found !== undefined) return found;
      if (header === undefined) return failed(1, { reason: "empty" });
      if (head === undefined) return failed(lines + 1, { reason: "no_head", rows: last.seq });
      return {
        ok: true,
        rows: last.seq - (cut?.seq ?? 0),
        head,
        publicKey: header.publicKey,
        ...(cut === undefined ? {} : { cut }),
      };
    },
  };
}

export async function verify(
  lines: AsyncIterable<string>,
  expectedKey?: string,
  marks?: Marks,
): Promise<Verdict> {
  const check = createCheck(expectedKey, marks);
  for await (const line of lines) {
    if (!check.take(line).goOn) break;
  }
  return check.end();
}
