import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["{shared,server,standins,demo,e2e,scripts}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/.output/**"],
          restoreMocks: true,
          setupFiles: ["standins/src/vitest-setup.ts"],
        },
      },
      "extension",
    ],
  },
});
