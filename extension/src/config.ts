/** Reads config.json for the extension's own pages and worker. Throws with one sentence when it is missing or wrong. */
import { browser } from "wxt/browser";

import { PackagedConfig } from "./config-schema.ts";

export async function loadConfig(): Promise<PackagedConfig> {
  const response = await fetch(new URL("config.json", browser.runtime.getURL("/")));
  if (!response.ok) throw new Error("config.json is missing from the extension's folder.");
  const parsed = PackagedConfig.safeParse(await response.json());
  if (!parsed.success) {
    const keys = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new Error(`config.json is wrong at: ${keys.join(", ")}.`);
  }
  return parsed.data;
}
