/** What a person does in Gmail itself, behind VaultDesk's back, through Gmail's own API. */
import type { World } from "@vaultdesk/standins/world.ts";
import { z } from "zod";

const MODIFY = "https://www.googleapis.com/auth/gmail.modify";
const List = z.object({ drafts: z.array(z.object({ id: z.string() })).default([]) });
const Draft = z.object({ message: z.object({ raw: z.string(), threadId: z.string() }) });

/** Edits the newest draft's bytes as text, or those of the one that holds these words. */
export async function editDraftInGmail(
  world: World,
  email: string,
  change: (raw: string) => string,
  holding = "",
): Promise<void> {
  const { accessToken } = world.google.issue(email, [MODIFY]);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${world.google.url}gmail/v1/users/me/drafts${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Gmail answered ${response.status}`);
    return response.json();
  };
  for (const { id } of List.parse(await call("GET", "")).drafts.toReversed()) {
    const { message } = Draft.parse(await call("GET", `/${id}?format=raw`));
    const before = Buffer.from(message.raw, "base64url").toString("utf8");
    if (!before.includes(holding)) continue;
    const after = change(before);
    if (after === before) throw new Error("the edit changed nothing");
    const raw = Buffer.from(after).toString("base64url");
    await call("PUT", `/${id}`, { id, message: { raw, threadId: message.threadId } });
    return;
  }
  throw new Error(`no draft holds ${holding}`);
}
