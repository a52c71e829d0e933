/** Writes `docs/admin/configuration.md` and `.env.example` from the schema of the server's environment. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { example, page } from "../server/src/config-sheet.ts";
import { PNPM } from "./prove/claim.ts";
import { ROOT, run } from "./prove/run.ts";

writeFileSync(join(ROOT, ".env.example"), example());
writeFileSync(join(ROOT, "docs/admin/configuration.md"), page());
run([...PNPM, "exec", "oxfmt", "docs/admin/configuration.md"]);
