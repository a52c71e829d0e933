/** Which VaultDesk and which Node this is. */
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";

import { parseJson } from "@vaultdesk/shared/json.ts";
import { z } from "zod";

import { fail, type Finding, ok } from "./finding.ts";

const Package = z.object({ version: z.string() });
/** Runs TypeScript as it is, and has `node:sqlite` with `backup`. */
const NODE = 24;

export function versions(node = process.versions.node): Finding {
  // The nearest one, in this checkout as in the image.
  const file = findPackageJSON(import.meta.url) ?? "package.json";
  const { version } = Package.parse(parseJson(readFileSync(file, "utf8")));
  const what = `VaultDesk ${version} on Node ${node}`;
  if (Number.parseInt(node, 10) >= NODE) return ok("version", what);
  return fail("version", {
    what,
    why: "The server is written for a later Node.",
    mend: `Start it with pnpm, which brings its own, or install Node ${NODE}.`,
    page: "https://nodejs.org/en/download",
  });
}
