/** A failed call as a problem that people can read. Pure. */
import { type Problem, problem } from "@vaultdesk/shared/problem.ts";

import type { Failure } from "../../api/call.ts";

export function problemOf(failure: Failure): Problem {
  switch (failure.reason) {
    case "refused":
      return failure.problem;
    case "signed_out":
      return problem("signed_out");
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
