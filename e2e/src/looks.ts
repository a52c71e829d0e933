/**
 * One state in every look that people have: light and dark, at 360 and 480 px. The open panel changes its look in place, as it does when
 * a person drags its edge or picks another theme in Gmail, so a journey is walked once.
 */
import type { BrowserContext, Frame, Page, TestInfo } from "@playwright/test";

import { expectAccessible } from "./axe.ts";
import { setPanelWidth } from "./journey.ts";

type Theme = "light" | "dark";
type Look = readonly [theme: Theme, width: 360 | 480];

const EVERY: readonly Look[] = [
  ["light", 360],
  ["light", 480],
  ["dark", 480],
  ["dark", 360],
];

/** The proofs (`LOOKS=all`) take every pair for every state; the test command takes one, by turns. */
function looksOf(state: string): readonly Look[] {
  if (process.env["LOOKS"] === "all") return EVERY;
  const turn = Array.from(state).reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0);
  return EVERY.filter((_, index) => index === turn % EVERY.length);
}

/** Gmail's page in other colours; the panel notices when Gmail renders. */
async function setTheme(page: Page, panel: Frame, theme: Theme): Promise<void> {
  const now = panel.locator(`html[data-theme=${theme}]`);
  if ((await now.count()) > 0) return;
  await page.evaluate((wanted) => {
    document.documentElement.dataset["theme"] = wanted;
    const rendered = document.createElement("span");
    document.body.append(rendered);
    rendered.remove();
  }, theme);
  await now.waitFor();
}

async function setWidth(context: BrowserContext, panel: Frame, width: number): Promise<void> {
  await setPanelWidth(context, width);
  await panel.waitForFunction((wanted) => window.innerWidth === wanted, width);
}

/** The panel, with a little of Gmail beside it. */
function panelSide(page: Page) {
  const { width, height } = page.viewportSize() ?? { width: 1440, height: 900 };
  const shown = Math.min(width, 640);
  return { x: width - shown, y: 0, width: shown, height };
}

/** axe finds nothing in any look of this state; a picture of each is kept as `STATE-THEME-WIDTH.png` beside the report. */
export async function expectEveryLook(
  page: Page,
  panel: Frame,
  state: string,
  info: TestInfo,
): Promise<void> {
  for (const [theme, width] of looksOf(state)) {
    const look = `${state}-${theme}-${width}`;
    await setTheme(page, panel, theme);
    await setWidth(page.context(), panel, width);
    await expectAccessible(panel, look);
    await page.screenshot({ path: info.outputPath(`${look}.png`), clip: panelSide(page) });
  }
}
