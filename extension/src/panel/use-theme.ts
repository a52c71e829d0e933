/** The person's choice; without one Gmail's colours where they are known, the system's elsewhere. */
import { useEffect, useState } from "react";
import { browser } from "wxt/browser";
import { z } from "zod";

import { detach } from "../detach.ts";

const KEY = "theme";
const Choice = z.enum(["auto", "light", "dark"]).catch("auto");
type Choice = z.infer<typeof Choice>;

async function choose(choice: Choice): Promise<void> {
  await browser.storage.local.set({ [KEY]: choice });
}

/** In this browser, for all its panels. */
export function useThemeChoice(): [Choice, (choice: Choice) => Promise<void>] {
  const [choice, setChoice] = useState<Choice>("auto");
  useEffect(() => {
    let live = true;
    const read = async () => {
      const stored = await browser.storage.local.get(KEY);
      if (live) setChoice(Choice.parse(stored[KEY]));
    };
    const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
      const changed = changes[KEY];
      if (changed !== undefined) setChoice(Choice.parse(changed.newValue));
    };
    detach(read());
    browser.storage.local.onChanged.addListener(onChanged);
    return () => {
      live = false;
      browser.storage.local.onChanged.removeListener(onChanged);
    };
  }, []);
  return [choice, choose];
}

export function useTheme(seen: "light" | "dark" | undefined): void {
  const [choice] = useThemeChoice();
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const put = () => {
      document.documentElement.dataset["theme"] =
        choice === "auto" ? (seen ?? (dark.matches ? "dark" : "light")) : choice;
    };
    put();
    dark.addEventListener("change", put);
    return () => dark.removeEventListener("change", put);
  }, [seen, choice]);
}
