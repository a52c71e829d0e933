/** A verdict in words for somebody who never saw this code: what is wrong, where, what it means. Quotes nothing unproven from the file. */
import type { ExtractVerdict } from "./extract.ts";
import type { Fault, Verdict } from "./verify.ts";

interface Finding {
  wrong: string;
  means: string;
}

const EDITED =
  "The file is not as the server wrote it, or the server's database was changed behind its back.";

function finding(fault: Fault): Finding {
  switch (fault.reason) {
    case "empty":
      return { wrong: "the file is empty", means: "There is nothing to check." };
    case "no_header":
      return {
        wrong: "the first line is not the header of a VaultDesk audit export, version 1",
        means:
          "The start was cut or changed, a later version wrote it, or this is another kind of file.",
      };
    case "wrong_key":
      return {
        wrong: `the export names another key: ${fault.got}`,
        means: "Another server made it, the server's master key was changed, or it is a forgery.",
      };
    case "not_a_row":
      return {
        wrong: "the line is neither a row nor a signed head, in the exact form of an export",
        means: EDITED,
      };
    case "wrong_seq":
      return {
        wrong: `row ${fault.got} stands here`,
        means: "A row was removed, repeated, inserted or moved.",
      };
    case "wrong_prev":
      return {
        wrong: "the row does not carry the hash of the row before it",
        means: "This row or the one before it was replaced, and its own hash computed anew.",
      };
    case "wrong_hash":
      return {
        wrong: "the row's hash does not fit its contents",
        means: `Its time, its entry or its hash was edited. ${EDITED}`,
      };
    case "no_head":
      return {
        wrong: `the file ends after row ${fault.rows} without a signed head`,
        means: "The end was cut off, or the export never finished. Nobody vouches for these rows.",
      };
    case "bad_signature":
      return {
        wrong: "the head is not signed by the key that the header names",
        means: "The head, its signature or the header was changed. Nobody vouches for these rows.",
      };
    case "wrong_head":
      return {
        wrong: `the server signed row ${fault.head.seq} with hash ${fault.head.hash}, but the rows end otherwise, at ${fault.rows}`,
        means: "Rows were cut from the end, added to it, or rewritten with all hashes after them.",
      };
    case "bad_anchor":
      return {
        wrong:
          "the anchor that stands for removed rows is not signed by the key that the header names",
        means:
          "Rows were cut from the beginning by somebody else than the server, or the anchor was changed.",
      };
    case "cut_before":
      return {
        wrong: `its rows up to here were removed by their age, and the file that it is checked against ends before, at row ${fault.marked}`,
        means:
          "Nothing that both hold is left to compare. Check it against a later export, and that one against the older.",
      };
    case "after_head":
      return {
        wrong: "something follows the signed head",
        means: "Lines were added after the export.",
      };
    case "differs":
      return {
        wrong: "the row is another one than in the file that it is checked against",
        means:
          "The chain was written anew after that file was made, or the store was brought back from a backup.",
      };
    case "shorter":
      return {
        wrong: `the file that it is checked against has row ${fault.marked}, and this one ends before it`,
        means: "The tail was cut and signed again, or the store was brought back from a backup.",
      };
    case "entry":
      return {
        wrong: "the entry is not one that VaultDesk writes",
        means: "The hashes fit, so it was in the database when this was exported.",
      };
    case "not_joined":
      return {
        wrong: `${fault.approvalId} moves from ${fault.from} to ${fault.to}, but the rows left it at ${fault.last}`,
        means: "A move was left out of the chain, or this one never happened.",
      };
    case "moved_after_end":
      return {
        wrong: `${fault.approvalId} had ended as ${fault.last} and moves again, to ${fault.to}`,
        means: "An ended approval never moves: this row, or the ending, is not what happened.",
      };
    case "unlawful_move":
      return {
        wrong: `${fault.approvalId} moves from ${fault.from} to ${fault.to}`,
        means: "The server never makes this move: the row did not come from its rules.",
      };
  }
}

const OWN_KEY = [
  "The key was taken from the file. Whoever forged the whole file could have put their own there: compare it with the key that",
  "the server's operator gave you, or pass that one with --key=.",
];

export function extractInWords(verdict: ExtractVerdict, vouched: boolean): string[] {
  if (!verdict.ok) {
    return [
      `not ok: line ${verdict.line}: ${verdict.wrong}`,
      "The file is not as the server sealed it.",
    ];
  }
  const { marks, head, publicKey, sub } = verdict;
  return [
    `ok: ${marks.size} rows of ${sub}, sealed at row ${head.seq} of ${head.at}, key ${publicKey}`,
    "That they are in the chain shows with a whole export: audit verify WHOLE --against this file.",
    ...(vouched ? [] : OWN_KEY),
  ];
}

/** `vouched` is whether the key came from the reader instead of the file. */
export function inWords(verdict: Verdict, vouched: boolean): string[] {
  if (verdict.ok) {
    const { rows, head, publicKey, cut } = verdict;
    return [
      `ok: ${rows} rows, head ${head.seq} of ${head.at}, key ${publicKey}`,
      ...(cut === undefined
        ? []
        : [
            `Rows up to ${cut.seq} were removed by their age on ${cut.at}: the server signed where it goes on.`,
          ]),
      ...(vouched ? [] : OWN_KEY),
    ];
  }
  const { wrong, means } = finding(verdict.fault);
  const where = verdict.seq === 0 ? "" : `row ${verdict.seq}, `;
  return [`not ok: ${where}line ${verdict.line}: ${wrong}`, means];
}
