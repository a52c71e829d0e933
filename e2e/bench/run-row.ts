/** The child of one row: `node run-row.ts FILE [--quick]`. Tells its figures over IPC and ends, whatever still listens. */
import { z } from "zod";

import type { Measure } from "./figure.ts";

const Row = z.object({ measure: z.custom<Measure>((value) => typeof value === "function") });

const [file = "", mode] = process.argv.slice(2);
const { measure } = Row.parse(await import(`./${file}`));
const figures = await measure({ quick: mode === "--quick" });
process.send?.(figures, () => process.exit(0));
