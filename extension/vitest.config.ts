import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

export default defineConfig({
  plugins: [WxtVitest({ root: import.meta.dirname })],
  test: {
    name: "extension",
    maxWorkers: availableParallelism() + 1,
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    isolate: false,
  },
});
