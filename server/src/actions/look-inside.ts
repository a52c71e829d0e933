/**
 * What a mail's files may be known by besides their own bytes, for the documents of deal rooms. Looked at once, when the mail is proposed:
 * what is sent at the yes is the same bytes.
 */
import type { Inside } from "@vaultdesk/shared/action.ts";

import { kindOf } from "../attachments/kind.ts";
import { bytesPrint, type Prints } from "../attachments/prints.ts";
import type { FileReader } from "../attachments/read-file.ts";
import type { OutgoingAttachment } from "../google/mime.ts";
import type { Gate } from "../rooms/gate.ts";

/** All files of one mail together; what is left then counts as closed. */
const TIME_MS = 30_000;
const MOST = 40;

export type LookInside = (sub: string, files: readonly OutgoingAttachment[]) => Promise<Inside[]>;

export function createLookInside(deps: {
  gate: Pick<Gate, "concerns">;
  reader: Pick<FileReader, "prints">;
}): LookInside {
  return async (sub, files) => {
    const opaque = files.filter(({ content }) => kindOf(content) !== "image");
    if (opaque.length === 0 || !(await deps.gate.concerns(sub))) return [];
    const signal = AbortSignal.timeout(TIME_MS);
    const inside: Inside[] = [];
    for (const [index, { content, contentType }] of opaque.entries()) {
      const of = bytesPrint(content);
      const looking = () =>
        deps.reader.prints(content, contentType, signal).catch((error: unknown) => {
          if (signal.aborted) return NOT_LOOKED;
          throw error;
        });
      const { words, packed, closed } =
        index < MOST && !signal.aborted ? await looking() : NOT_LOOKED;
      const prints = [...(words === undefined ? [] : [words]), ...packed];
      if (prints.length === 0 && !closed) continue;
      inside.push({ of, prints, ...(closed ? { closed } : {}) });
    }
    return inside;
  };
}

const NOT_LOOKED: Prints = { packed: [], closed: true };
