/** The environment, as the server would read it at its start. Pure. */
import { type Config, readConfig } from "../config.ts";
import { fail, type Finding, ok } from "./finding.ts";

const ID = "configuration";

export function readForDoctor(env: Readonly<Record<string, string | undefined>>): {
  finding: Finding;
  config?: Config;
} {
  const read = readConfig(env);
  if (read.ok) return { finding: ok(ID, "The environment is whole."), config: read.config };
  const finding = fail(ID, {
    what: `${read.problems.join("; ")}.`,
    why: "The server does not start, and nothing else could be looked at.",
    mend: "Set each of these as the page says.",
    page: "docs/admin/configuration.md",
  });
  return { finding };
}
