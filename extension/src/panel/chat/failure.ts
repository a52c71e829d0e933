/** A failed call as a problem that people can read. Pure. */
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Failure } from "../../api/call.ts";

export function problemOf(failure: Failure): Problem {
  switch (failure.reason) {
    case "refused":
      return failure.problem;
    case "signed_out":
      return problem(failure.everywhere === true ? "signed_out_everywhere" : "signed_out");
    case "unreachable":
      return {
        code: "internal",
        happened: "VaultDesk's server did not answer.",
        notDone: "Nothing was changed and nothing was sent from here.",
        press: "Check your network, then try again.",
      };
    case "bad_reply":
      return problem("internal", { detail: "The server's answer could not be read." });
  }
}

/** A change of a draft that came after the yes. */
export function approvedBefore(refusal: Problem): Problem {
  return {
    code: refusal.code,
    happened: "You had approved this mail on your phone before your change arrived.",
    notDone: "Your change was not saved.",
    press: "What became of the mail stands on its request below.",
  };
}
