/**
 * The product on the stand-ins. With a display: Gmail's page and the phone, to try by hand. Without: the main job as a tour, and exit
 * code 0 only if the outbox holds exactly the approved mail.
 */
import { resolve } from "node:path";

import { createPhones, openDesk } from "@vaultdesk/e2e/browser.ts";
import { buildExtension } from "@vaultdesk/e2e/build.ts";
import { openGmail, openPanel } from "@vaultdesk/e2e/journey.ts";
import { startServer } from "@vaultdesk/e2e/server.ts";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { startWorld, type World } from "@vaultdesk/standins/world.ts";

import { type DemoOptions, readOptions } from "./options.ts";
import { castOf, falconCast } from "./people.ts";
import { planOf } from "./plan.ts";
import { tour } from "./tour.ts";

/** Long enough to take the pictures, short enough to wait for. */
const IGNORED_SECONDS = 8;
const ROOT = resolve(import.meta.dirname, "..");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(options: DemoOptions): Promise<number> {
  const started = performance.now();
  const { people, notes } =
    options.mailbox === undefined ? await falconCast() : await castOf(options.mailbox);
  for (const note of notes) say(note);
  buildExtension();

  const [me] = people;
  const world = await startWorld({
    extensionId: EXTENSION_ID,
    people,
    intervalSeconds: options.headless ? 1 : 5,
    ...(options.answer === "ignore" ? { approvalSeconds: IGNORED_SECONDS } : {}),
  });
  const server = await startServer(world.serverEnv());
  const { headless } = options;
  const phones = createPhones(headless);
  const desk = await openDesk(world, server.url, { headless, phones });
  try {
    const plan = planOf(world, me.email);
    if (!headless) {
      await desk.openPhone(me.sub);
      const [blank] = desk.context.pages();
      const page = await openGmail(desk.context, plan.threadId);
      await blank?.close();
      await openPanel(desk.context, page);
      say(
        "Sign in as the first person, connect Google, ask, right-click a message, approve on the phone page. Close the browser to end.",
      );
      await new Promise((closed) => {
        desk.context.once("close", closed);
      });
      return 0;
    }
    const { approvedSubject } = await tour(world, desk, plan, me.sub, options);
    const exact = judge(
      world.google.outbox,
      options.answer === "approve" ? approvedSubject : undefined,
    );
    say(exact.words);
    if (desk.outside.length > 0) say(`Requests outside loopback: ${desk.outside.join(", ")}`);
    say(
      `${((performance.now() - started) / 1000).toFixed(1)} s; transcript and pictures in ${options.output}`,
    );
    return exact.ok && desk.outside.length === 0 ? 0 : 1;
  } finally {
    await desk.close();
    await phones.close();
    await server.stop();
    await world.close();
  }
}

/** The outbox must hold the approved mail and nothing else, or nothing at all. */
function judge(
  outbox: World["google"]["outbox"],
  approvedSubject: string | undefined,
): { ok: boolean; words: string } {
  const [mail, ...more] = outbox;
  if (approvedSubject === undefined) {
    return outbox.length === 0
      ? { ok: true, words: "The outbox is empty: nothing was delivered." }
      : { ok: false, words: "Something left without an approval." };
  }
  return mail?.kind === "mail" && more.length === 0 && subjectOf(mail.raw) === approvedSubject
    ? { ok: true, words: `Delivered exactly the approved mail, to ${mail.recipients.join(", ")}.` }
    : { ok: false, words: "The outbox does not hold exactly the approved mail." };
}

function subjectOf(raw: Uint8Array): string {
  return (
    /^subject: ?(.*(?:\r?\n[ \t].*)*)/im
      .exec(Buffer.from(raw).toString("utf8"))?.[1]
      ?.replace(/\r?\n[ \t]+/g, " ")
      .trim() ?? ""
  );
}

const parsed = readOptions(process.argv.slice(2), process.env, ROOT);
if (parsed.ok) {
  try {
    process.exitCode = await run(parsed.options);
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`${parsed.message}\n`);
  process.exitCode = 2;
}
