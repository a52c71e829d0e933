/** The claims of deal rooms, and of the audit that a regulator would accept. */
import { type Claim, program, vitest } from "./claim.ts";

export function rooms(): readonly Claim[] {
  return audit();
}

function audit(): Claim[] {
  const million = ["node", "e2e/engine/audit-million.ts"];
  return [
    vitest(
      "4",
      "One bit changed, a row removed, two swapped, the tail cut, the head signed by another key: each is found, in lines and in a table.",
      "server/src/audit",
      "server/src/cli.test.ts",
    ),
    {
      id: "4",
      says: "A million rows verify in under 10 s and 200 MB.",
      by: million.join(" "),
      show: program(million, /^(?:ok|FAILED) \d+ rows in/),
    },
    vitest(
      "4",
      "Sign-ins, what Google grants, settings, refused wishes, holds and deletions have their rows, once, with the facts of their kind; what is on hold can't be deleted.",
      "server/src/engine-audit.test.ts",
      "shared/src/audit.test.ts",
    ),
  ];
}
