/** One Postgres for the tests of a run; each test file makes databases of its own in it. */
import type { TestProject } from "vitest/node";

import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `postgres://...` of the server's maintenance database. */
    postgresUrl: string;
  }
}

export const POSTGRES = "postgresUrl";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide(POSTGRES, postgres.url);
  return () => postgres.close();
}
