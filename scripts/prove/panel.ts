/** The claims of the panel in Gmail. */
import { browser, type Claim, measured, tests } from "./claim.ts";

function inBrowser(id: string, says: string, ...files: string[]): Claim {
  return { id, says, by: `playwright test ${files.join(" ")}`, show: browser(...files) };
}

export function panel(): readonly Claim[] {
  return [
    inBrowser(
      "1",
      "Every state that a person can see, in light and dark at 360 and 480 px: a picture, and no finding of axe.",
      "e2e/screens",
      "e2e/pages.e2e.ts",
      "e2e/compose.e2e.ts",
      "e2e/first-run.e2e.ts",
      "e2e/terms.e2e.ts",
    ),
    inBrowser("2", "The work of a day by keyboard alone.", "e2e/keyboard"),
    inBrowser(
      "3",
      "27 Gmail-shaped pages, one layout each: thread, messages, account, dock and rail are read right, or said not to be found.",
      "e2e/layouts.e2e.ts",
    ),
    inBrowser(
      "4",
      "A real right click on Chrome's own menu, the menu key and the shortcut, with the worker killed before.",
      "e2e/native-menu.e2e.ts",
    ),
    inBrowser(
      "4",
      "Room, edge, tab, keyboard and colours; a reply to a folded message that waited for the sign-in, with the worker killed before.",
      "e2e/gmail.e2e.ts",
    ),
    {
      id: "5",
      says: "A Gmail page of 1.2 MB loads with no task of ours over 50 ms; the panel is usable within 400 ms of a thread; the heap after 100 threads is within 10 % of that after 10.",
      by: "playwright test --config e2e/prove.config.ts e2e/budgets",
      show: measured("e2e/budgets", /^budget: /),
    },
    inBrowser(
      "5",
      "The panel's script for its first paint is under 180 kB gzipped; two thousand words stream in with no task of 50 ms.",
      "e2e/answers.e2e.ts",
    ),
    inBrowser(
      "6",
      "A script of Gmail's page tries more than twenty ways to read, type into, cover or drive the panel, and gets nothing.",
      "e2e/hostile-page.e2e.ts",
      "e2e/careful.e2e.ts",
    ),
    inBrowser(
      "7",
      "The built manifest to the letter, its policy, no code from elsewhere; the content script is under 20 kB.",
      "e2e/built.e2e.ts",
    ),
    {
      id: "7",
      says: "Each permission is used and each use has its permission; the id is the key's.",
      by: "vitest run --project extension extension/src/build.test.ts",
      show: () => tests(["vitest", "run", "--project", "extension", "extension/src/build.test.ts"]),
    },
  ];
}
