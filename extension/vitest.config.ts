import { defineConfig } from "vitest/config";
import { WxtVitest } from "wxt/testing/vitest-plugin";

export default defineConfig({
  plugins: [WxtVitest({ root: import.meta.dirname })],
  test: {
    name: "extension",
    maxWorkers: "100%",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    isolate: false,
  },
});
