/** What a thread asks for, and which of it a later message of somebody else answers. Extractive: newest facts win. Pure. */
import type { Line, Read, Said } from "./thread-read.ts";
import { shared } from "./words.ts";

const REQUEST =
  /\bplease\b|\b(?:can|could|would|will) (?:you|someone|anyone|your)\b|\b(?:we|i) (?:still |also |really |urgently )?(?:need|require|await|are waiting|am waiting|are still waiting|would need|look forward to (?:receiving|your))\b|\blet (?:me|us) (?:know|have)\b|\bkindly\b|\bwould (?:appreciate|be grateful)\b|\bsend (?:me|us)\b|\bmust (?:have|receive|see)\b/i;
const EMPTY =
  /\bif you (?:have|need) (?:any |further |more |additional )?(?:questions?|comments|help|information)|\bany (?:further )?questions\b|\bquestions or comments\b|\bhow (?:are you|are things|is it going)\b|^if (?:we|i|you) (?:need|can|have)\b|\bhope (?:you|this|all)\b|\bdo not hesitate\b|\bfeel free\b|\bplease (?:find|see|note|ignore|be advised|accept)\b|\bplease (?:call|contact) (?:me|us)\b.*\b(?:if|with|should)\b|\blet me know\W*$|\bthank you for\b/i;
/** A later word on the same point that still leaves it open. */
const LATER =
  /\bwill\b.{0,40}\b(?:send|revert|confirm|check|come back|get back|let you know|circulate|answer|provide|share|follow|have|look)|\b(?:not yet|still (?:working|waiting|open|pending|checking|reviewing|outstanding)|pending|working on|looking into|reviewing|shortly|tomorrow|next week)\b|\bI(?:'ll| shall)\b/i;
const DONE =
  /\battached\b|\benclosed\b|\bhere (?:is|are)\b|\bconfirm(?:ed)?\b|\bagree[ds]?\b|\bdone\b|\bsigned\b|\byes\b|\bno\b|\bsent\b|\bwe (?:can|accept|cannot|can't)\b/i;

export function isRequest(line: Line): boolean {
  if (line.message.forwarded || EMPTY.test(line.text)) return false;
  return line.text.trim().endsWith("?") || REQUEST.test(line.text);
}

export interface Point {
  asked: Line;
  /** A later promise on the same point, newest. */
  promise?: Line;
}

function sameSender(a: Said, b: Said): boolean {
  return a.from.address === b.from.address;
}

function need(line: Line): number {
  return Math.min(2, Math.max(1, line.keys.size));
}

function touches(point: Line, later: Line): boolean {
  return shared(point.keys, later.keys) >= need(point);
}

function answers(point: Line, later: Said): boolean {
  if (sameSender(point.message, later)) return false;
  return later.lines.some((line) => {
    if (isRequest(line) || LATER.test(line.text)) return false;
    return touches(point, line) || (DONE.test(line.text) && shared(point.keys, line.keys) >= 1);
  });
}

/** Asked and not answered yet, oldest first; what was asked again stands once, with its newest wording. */
export function openPoints(read: Read): Point[] {
  const asked = read.messages.flatMap((message, at) =>
    message.lines.filter(isRequest).map((line) => ({ line, after: read.messages.slice(at + 1) })),
  );
  const open = asked.filter(
    ({ line, after }) => line.keys.size > 0 && !after.some((later) => answers(line, later)),
  );
  return open
    .filter(
      ({ line }, index) =>
        !open.slice(index + 1).some((other) => {
          const least = Math.min(line.keys.size, other.line.keys.size);
          if (line.text === other.line.text) return true;
          return shared(line.keys, other.line.keys) >= Math.max(2, least * 0.6);
        }),
    )
    .map(({ line, after }) => {
      const promise = after
        .filter((later) => !sameSender(line.message, later))
        .flatMap((later) => later.lines)
        .findLast((one) => LATER.test(one.text) && touches(line, one));
      return { asked: line, ...(promise === undefined ? {} : { promise }) };
    });
}
