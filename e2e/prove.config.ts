/** Measurements that take a minute and want the machine for themselves: run by `pnpm prove`, never by the tests. */
import { defineConfig } from "@playwright/test";

import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  projects: [{ testMatch: "*.prove.ts" }],
  workers: 1,
  timeout: 180_000,
});
