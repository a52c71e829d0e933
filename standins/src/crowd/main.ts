/** The crowd's tenant, its Google and its model in a process of their own, spoken to over IPC: their CPU is not the server's. */
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { toolUse } from "../bedrock/scripted-model.ts";
import { startBedrock } from "../bedrock/start.ts";
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
  /** How far away the tenant, Google and the model are. */
  latencyMs: z.number().default(0),
  /** Between two words of the model. */
  deltaMs: z.number().default(20),
  /** RFC 5322 texts in everybody's mailbox. */
  mail: z.array(z.string()).default([]),
});

const setup = Setup.parse(JSON.parse(await readFile(process.argv[2] ?? "", "utf8")));
const emails = new Map(setup.people.map(({ sub, email }) => [sub, email]));
const tls = await createCertificate();
await writeFile(setup.certificateFile, tls.cert);
const away = async () => {
  if (setup.latencyMs > 0) await sleep(setup.latencyMs);
};
const google = await startGoogle({
  arrived: away,
  users: setup.people.map(({ email }) => ({ email, name: email.split("@")[0] ?? "" })),
});
const mail = setup.mail.map((text) => ({ raw: Buffer.from(text) }));
for (const { email } of mail.length === 0 ? [] : setup.people) await google.importMail(email, mail);
const tenant = await startCrowdTenant({
  tls,
  arrived: away,
  intervalSeconds: setup.intervalSeconds,
  issue: (sub) => google.issue(emails.get(sub) ?? "", SCOPES),
});
/** Reads once, then speaks, for about a second unless told otherwise, and cites the first message that it found. */
const bedrock = await startBedrock({
  deltaMs: setup.deltaMs,
  async model({ messages }) {
    await away();
    const found = messages.at(-1)?.content.filter((block) => "toolResult" in block) ?? [];
    if (found.length === 0) return [toolUse("search_gmail", { query: "closing" })];
    const [, id] =
      /"(?:message_)?id":"(\w+)/.exec(JSON.stringify(found).replaceAll("\\", "")) ?? [];
    const cited = id === undefined ? "" : `[msg:${id}]`;
    return [{ text: `${"Two points are open: the price and the date. ".repeat(8)}${cited}` }];
  },
});
/** By address: whose yes it is, and when it was said. */
const yes = new Map<string, { sub: string; at: number }>();

async function approve(subs: readonly string[], everyMs: number): Promise<void> {
  for (const sub of subs) {
    yes.set(emails.get(sub) ?? "", { sub, at: Date.now() });
    tenant.approve(sub);
    await sleep(everyMs);
  }
}

/** Of each mail that went out on a yes: milliseconds since the yes, and since the server was told of it. */
function deliveries() {
  return google.outbox.flatMap((entry) => {
    const said = entry.kind === "mail" ? yes.get(entry.from) : undefined;
    if (said === undefined) return [];
    return [{ delivered: entry.at - said.at, worked: entry.at - (tenant.toldAt(said.sub) ?? 0) }];
  });
}

process.on("message", (message) => {
  const told = ToCrowd.parse(message);
  switch (told.kind) {
    case "approve":
      approve(told.subs, told.everyMs).catch(() => process.exit(1));
      return;
    case "bearers":
      Promise.all(told.subs.map((sub) => tenant.bearer(sub))).then(
        (tokens) => process.send?.({ kind: "bearers", tokens }),
        () => process.exit(1),
      );
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
        delivered: deliveries().map(({ delivered }) => delivered),
        worked: deliveries().map(({ worked }) => worked),
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
    BEDROCK_ENDPOINT: bedrock.url,
  },
});
