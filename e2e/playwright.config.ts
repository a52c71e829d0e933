import { defineConfig } from "@playwright/test";

import { findChromium } from "./src/chromium.ts";

// Once, before the workers: two that install at the same time lock each other out.
findChromium(process.env);

const LONGEST = ["screens.e2e.ts", "rooms.e2e.ts"];

export default defineConfig({
  testDir: ".",
  globalSetup: "./src/built-server.ts",
  // The longest first: at the end it would run alone.
  projects: [
    { name: "longest", testMatch: LONGEST },
    { name: "browser", testMatch: "*.e2e.ts", testIgnore: LONGEST },
  ],
  // One more than there are cores: each waits for a phone or a page now and then (260 s for all; 286 s with two).
  workers: 3,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  reporter: [
    ["list"],
    ["json", { outputFile: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ?? "/dev/null" }],
  ],
  outputDir: "../test-results",
});
