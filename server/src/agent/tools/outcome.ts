/** What a tool call came to: JSON for the model, words for the person. A bad call is an outcome too, and says what to do. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import { type Problem, sentence } from "@vaultdesk/shared/problem.ts";
import type { CurrentTerms } from "@vaultdesk/shared/term.ts";
import type { z } from "zod";

import type { Dossier } from "../../actions/dossier.ts";

export interface ToolOutcome {
  /** JSON for the model. */
  json: unknown;
  ok: boolean;
  /** True when the JSON holds mail text. */
  untrusted: boolean;
  summary: string;
  details: string[];
  draft?: DraftView;
  terms?: CurrentTerms;
  /** What is known of the draft's people. */
  dossier?: Dossier;
  problem?: Problem;
  /** The deal room on whose tracker it proposed something. */
  board?: RoomId;
}

export function failed(code: string, message: string, problem?: Problem): ToolOutcome {
  return {
    json: { error: code, message },
    ok: false,
    untrusted: false,
    summary: message,
    details: [],
    ...(problem === undefined ? {} : { problem }),
  };
}

export function refused(problem: Problem): ToolOutcome {
  return failed(problem.code, sentence(problem), problem);
}

export function badArguments(error: z.ZodError): ToolOutcome {
  const first = error.issues[0];
  const where = first?.path.join(".") ?? "";
  return failed(
    "bad_arguments",
    `The call was not understood: ${where} ${first?.message ?? ""}`.trim(),
  );
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
