/** The crowd's tenant and its Google in a process of their own, spoken to over IPC: their CPU is not the server's. */
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { startGoogle } from "../google/start.ts";
import { createCertificate } from "../tls.ts";
import { ToCrowd } from "./messages.ts";
import { startCrowdTenant } from "./tenant.ts";

const SCOPES = ["gmail.readonly", "gmail.compose"].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

const Setup = z.object({
  people: z.array(z.object({ sub: z.string(), email: z.string() })),
  intervalSeconds: z.number(),
  certificateFile: z.string(),
});

const setup = Setup.parse(JSON.parse(await readFile(process.argv[2] ?? "", "utf8")));
const emails = new Map(setup.people.map(({ sub, email }) => [sub, email]));
const tls = await createCertificate();
await writeFile(setup.certificateFile, tls.cert);
const google = await startGoogle({
  users: setup.people.map(({ email }) => ({ email, name: email.split("@")[0] ?? "" })),
});
const tenant = await startCrowdTenant({
  tls,
  intervalSeconds: setup.intervalSeconds,
  issue: (sub) => google.issue(emails.get(sub) ?? "", SCOPES),
});
const yes = new Map<string, number>();

async function approve(subs: readonly string[], everyMs: number): Promise<void> {
  for (const sub of subs) {
    yes.set(emails.get(sub) ?? "", Date.now());
    tenant.approve(sub);
    await sleep(everyMs);
  }
}

process.on("message", (message) => {
  const told = ToCrowd.parse(message);
  switch (told.kind) {
    case "approve":
      approve(told.subs, told.everyMs).catch(() => process.exit(1));
      return;
    case "reset":
      tenant.reset();
      yes.clear();
      return;
    case "stats":
      process.send?.({
        kind: "stats",
        pending: tenant.pending(),
        ...tenant.stats(),
        delivered: google.outbox.flatMap((entry) => {
          const at = entry.kind === "mail" ? yes.get(entry.from) : undefined;
          return at === undefined ? [] : [entry.at - at];
        }),
        outbox: google.outbox.length,
      });
      return;
  }
});
process.send?.({
  kind: "ready",
  env: {
    ...tenant.env,
    GMAIL_ROOT_URL: google.url,
    GOOGLE_REVOKE_URL: `${google.url}revoke`,
    CALENDAR_ROOT_URL: google.url,
  },
});
