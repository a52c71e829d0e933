import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

/** Tests that start servers or a browser; the others are pure and quick. */
const WITH_STANDINS = [
  "standins/src/{auth0,bedrock,gmail-page,google,mailbox,ollama,phone}/**/*.test.ts",
  "server/src/{cli,engine,engine-*,http,no-token}.test.ts",
  "server/src/{leaks,route-table,sockets,red-team}.test.ts",
  "server/src/{audit,backup}/*.test.ts",
  "server/src/doctor/doctor.test.ts",
  "server/src/store/both-*.test.ts",
  "server/src/agent/runs.test.ts",
  "server/src/attachments/*.test.ts",
  "e2e/engine/*.test.ts",
  "scripts/image.test.ts",
];
/** One more than there are cores: a stand-in test waits for a phone, a poll or Postgres most of its time. */
const maxWorkers = availableParallelism() + 1;
/** Files share a worker and what it has imported: starting one for each, and LangChain in it, costs more than most tests. */
const isolate = false;
/** Ends what hangs; how long something may take is said where it matters. */
const testTimeout = 20_000;
const NEVER = ["**/node_modules/**", "**/.output/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          maxWorkers,
          include: ["{shared,server,standins,demo,e2e,scripts}/**/*.test.ts"],
          exclude: [...NEVER, ...WITH_STANDINS],
          isolate,
          testTimeout,
          restoreMocks: true,
          setupFiles: ["standins/src/vitest-setup.ts"],
        },
      },
      {
        test: {
          name: "standins",
          isolate,
          maxWorkers,
          include: WITH_STANDINS,
          exclude: NEVER,
          restoreMocks: true,
          setupFiles: ["standins/src/vitest-setup.ts"],
          globalSetup: ["standins/src/vitest-postgres.ts"],
          testTimeout,
        },
      },
      "extension",
    ],
  },
});
