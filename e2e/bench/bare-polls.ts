/**
 * The child of the waiting row: as many requests as the file names, each asked about once an interval, by the least that can do it.
 *
 *     node bare-polls.ts FILE INTERVAL_MS
 */
import { readFileSync } from "node:fs";

import { parseJson } from "@vaultdesk/shared/json.ts";
import { Agent, request } from "undici";
import { z } from "zod";

import { readConfig } from "../../server/src/config.ts";

const TICK_MS = 40;

const [file = "", interval = ""] = process.argv.slice(2);
const ids = z.array(z.string()).parse(parseJson(readFileSync(file, "utf8")));
const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join());
const { issuer, approvals } = read.config.auth0;
const token = new URL("oauth/token", issuer);
const dispatcher = new Agent({ connections: 64, pipelining: 1 });

async function poll(id: string): Promise<void> {
  const { body } = await request(token, {
    method: "POST",
    dispatcher,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: id,
      client_id: approvals.clientId,
      client_secret: approvals.clientSecret,
    }).toString(),
  });
  parseJson(await body.text());
}

const from = Date.now();
let sent = 0;
setInterval(() => {
  const due = ((Date.now() - from) / Number(interval)) * ids.length;
  while (sent < due) {
    poll(ids[sent++ % ids.length] ?? "").catch((error: unknown) => {
      throw error;
    });
  }
}, TICK_MS);
