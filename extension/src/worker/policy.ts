/** What the organisation's administrator set for this browser, and the hosts it may choose among. Nothing is set where nobody manages. */
import { browser } from "wxt/browser";
import { z } from "zod";

const Managed = z.object({ serverUrl: z.string().optional() });
const Manifest = z.object({ host_permissions: z.array(z.string()).default([]) });

export async function readPolicy(): Promise<{ serverUrl?: string | undefined; hosts: string[] }> {
  const { serverUrl } = Managed.parse(await browser.storage.managed.get("serverUrl"));
  const { host_permissions: hosts } = Manifest.parse(browser.runtime.getManifest());
  return { serverUrl, hosts };
}
