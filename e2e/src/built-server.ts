/** Before the browser tests, once: the server as the image holds it. It starts in a third of the time that its source takes. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildImageRoot } from "../../scripts/image-root.ts";

/** The server's program for the workers, as the environment's variable of this name. */
export const BUILT_SERVER = "VAULTDESK_BUILT_SERVER";

export default async function build(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-server-"));
  await buildImageRoot(folder);
  process.env[BUILT_SERVER] = join(folder, "main.js");
  return () => rm(folder, { recursive: true, force: true });
}
