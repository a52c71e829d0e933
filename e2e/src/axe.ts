/** axe (WCAG 2 A and AA) inside the panel's own frame: a closed shadow root hides it from a run on the page. */
import { expect, type Frame } from "@playwright/test";
import axe from "axe-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

export async function expectAccessible(panel: Frame, state: string): Promise<void> {
  if (!(await panel.evaluate(() => "axe" in window))) await panel.evaluate(axe.source);
  const found = await panel.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      // What passes is not told: half of the time goes into telling it.
      resultTypes: ["violations"],
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
    );
  });
  expect(found, state).toEqual([]);
}
