/** The claims of installing, running, growing and seeing. */
import { type Claim, program, tests, vitest } from "./claim.ts";

export function production(): readonly Claim[] {
  return [
    {
      id: "6",
      says: "The extension's zip from two clean clones is identical, byte for byte.",
      by: "node scripts/prove/zip-twice.ts",
      show: program(["node", "scripts/prove/zip-twice.ts"], /^identical: /),
    },
    {
      id: "6",
      says: "Every permission of the manifest has its reason in the stores' texts, which fit the forms.",
      by: "vitest run --project unit scripts/store.test.ts",
      show: () => tests(["vitest", "run", "--project", "unit", "scripts/store.test.ts"]),
    },
    vitest(
      "seeing",
      "Each kind of work has its span and its metrics, the dashboard asks for metrics that exist, and none of it holds mail text, a token, an address or a person.",
      "server/src/no-token.test.ts",
      "server/src/observe/request.test.ts",
      "server/src/observe/templates.test.ts",
    ),
  ];
}
