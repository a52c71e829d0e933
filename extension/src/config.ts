/** Reads config.json and the administrator's policy for the extension's own pages. Throws with one sentence when one is missing or wrong. */
import { browser } from "wxt/browser";

import { PackagedConfig } from "./config-schema.ts";
import { messages } from "./messages/protocol.ts";
import { send } from "./messages/send.ts";
import { serverAddress } from "./server-address.ts";

export async function loadConfig(): Promise<PackagedConfig> {
  const response = await fetch(new URL("config.json", browser.runtime.getURL("/")));
  if (!response.ok) throw new Error("config.json is missing from the extension's folder.");
  const parsed = PackagedConfig.safeParse(await response.json());
  if (!parsed.success) {
    const keys = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new Error(`config.json is wrong at: ${keys.join(", ")}.`);
  }
  const policy = await send(messages.policy, { type: "policy.read" });
  const address = serverAddress(parsed.data.serverUrl, policy.serverUrl, policy.hosts);
  if (!address.ok) throw new Error(address.problem);
  return { ...parsed.data, serverUrl: address.serverUrl };
}
