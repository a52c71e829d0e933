/** `setup auth0`: sets up the tenant that the environment names. Exits 0 when all is as it should be, 1 when something is left to do. */
import type { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";

import type { Outcome } from "../outcome.ts";
import { environmentOf, linesOf, writeEnvironment } from "./environment.ts";
import type { Found } from "./found.ts";
import type { Installation } from "./installation.ts";
import { createManagement } from "./management.ts";
import { unseen } from "./needs.ts";
import { READ_SCOPES } from "./read.ts";
import { readSetupEnvironment } from "./setup-environment.ts";
import { setUp, type SetupEnd } from "./setup.ts";
import { managementToken, missingScopes, SETUP_SCOPES } from "./token.ts";
import { doneLine, failureLine, needLines, stepLines } from "./words.ts";

const WAIT_MS = 15 * 60_000;
const WAITING =
  "Waiting a quarter of an hour for you (Ctrl+C leaves; the next run goes on from here):";

export interface SetupWorld {
  env: Readonly<Record<string, string | undefined>>;
  /** Where what happens is told at once. */
  out: Writable;
  fetch?: typeof fetch;
  pause?: (ms: number) => Promise<unknown>;
}

export async function setupAuth0(args: string[], world: SetupWorld): Promise<Outcome> {
  const { pause = delay, fetch: send = fetch } = world;
  const tell = (...lines: string[]) =>
    void world.out.write(lines.map((line) => `${line}\n`).join(""));
  const { values } = parseArgs({
    args,
    options: {
      "dry-run": { type: "boolean", default: false },
      "no-wait": { type: "boolean", default: false },
      "env-file": { type: "string" },
    },
  });
  const read = readSetupEnvironment(world.env);
  if (!read.ok) return { exit: 2, say: read.problems };
  const { installation, credentials } = read;
  const got = await managementToken(installation.domain, credentials, send);
  if (!got.ok) return { exit: 2, say: [got.problem] };
  const dryRun = values["dry-run"];
  const missing = missingScopes(got.token, dryRun ? READ_SCOPES : SETUP_SCOPES);
  if (missing.length > 0) {
    return {
      exit: 2,
      say: [
        "Nothing was changed: the management token lacks these scopes. Add them and run this again.",
        ...missing.map((scope) => `  ${scope}`),
      ],
    };
  }

  tell(`VaultDesk in ${installation.domain}`);
  const management = createManagement({
    domain: installation.domain,
    token: got.token,
    fetch: send,
    pause,
    now: Date.now,
    secrets: [got.token, installation.google?.clientSecret ?? ""],
  });
  let changes = 0;
  const end = await setUp(management, installation, {
    dryRun,
    waitMs: values["no-wait"] ? 0 : WAIT_MS,
    pause,
    tell: {
      done(step) {
        changes += 1;
        tell(doneLine(step));
      },
      needs: (needs) => tell("", WAITING, ...needLines(needs), ""),
    },
  });
  return outcomeOf(end, changes, installation, values["env-file"]);
}

async function outcomeOf(
  end: SetupEnd,
  changes: number,
  installation: Installation,
  envFile: string | undefined,
): Promise<Outcome> {
  const soFar = `${changes === 0 ? "Nothing" : changes} changed so far`;
  switch (end.state) {
    case "unread":
      return {
        exit: 2,
        say: [`${soFar}. The tenant can't be read:`, ...end.failures.map(indented)],
      };
    case "stopped":
      return {
        exit: 2,
        say: [
          `${soFar}, and it stopped at: ${end.step.verb} ${end.step.what}`,
          indented(end.failure),
        ],
      };
    case "planned": {
      const { steps, needs } = end;
      const answer = [
        ...steps.flatMap((step) => stepLines(step)),
        ...(needs.length === 0 ? [] : ["", "Only a person can do:", ...needLines(needs)]),
        "",
        steps.length === 0
          ? "Nothing to change."
          : `${steps.length} to change. This was a dry run: nothing was changed.`,
      ];
      return { exit: steps.length + needs.length === 0 ? 0 : 1, answer };
    }
    case "needs":
    case "done": {
      const left = end.state === "needs" ? end.needs : [];
      return {
        exit: left.length === 0 ? 0 : 1,
        answer: [
          changes === 0 ? "  Nothing to change." : "  Read back: Auth0 shows it as it was asked.",
          ...(left.length === 0 ? [] : ["", "Still to be done by you:", ...needLines(left)]),
          ...(await environmentLines(end.found, installation, envFile)),
          "",
          "To look at once, since no program can see it:",
          ...needLines(unseen(installation)),
        ],
      };
    }
  }
}

const indented = (failure: Parameters<typeof failureLine>[0]): string =>
  `  ${failureLine(failure)}`;

async function environmentLines(
  found: Found,
  installation: Installation,
  envFile: string | undefined,
): Promise<string[]> {
  const { server, secrets, build } = environmentOf(found, installation);
  let about = "The two client secrets are not printed: run this again with --env-file FILE.";
  if (secrets === undefined) {
    about = "The token may not see the client secrets (read:client_keys): copy them by hand.";
  } else if (envFile !== undefined) {
    const failed = await writeEnvironment(envFile, { ...server, ...secrets });
    about =
      failed === undefined
        ? `These and the two client secrets are in ${envFile}, for its owner's eyes (0600).`
        : `${envFile} can't be written (${failed}): run this again with another --env-file.`;
  }
  return [
    "",
    "The server's environment:",
    ...linesOf(server).map((line) => `  ${line}`),
    `  ${about}`,
    "",
    "The extension's build:",
    ...linesOf(build).map((line) => `  ${line}`),
  ];
}
