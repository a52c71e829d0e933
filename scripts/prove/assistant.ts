/** The claims of the assistant: all its tools, answers that stand in the mail, the user's voice, nothing invented. */
import { browser, type Claim, tests, vitest } from "./claim.ts";
import { realMail } from "./run.ts";

const ZONES = ["America/Los_Angeles", "Asia/Kolkata"];

export function assistant(): readonly Claim[] {
  return [...tools(), answers(), ...stress(), ...replies(), ...times(), mutants(), ...more()];
}

function tools(): Claim[] {
  const files = ["main-job", "attachments", "drafting", "office", "terms"].map(
    (one) => `e2e/${one}.e2e.ts`,
  );
  return [
    {
      id: "1",
      says: "Each tool is used in the panel of a real Chromium, and its result is seen.",
      by: `playwright test ${files.join(" ")}`,
      show: browser(...files),
    },
    vitest(
      "1",
      "The sequential rounds of each tool are pinned: a search that shows 20 mails is three (token, list, gets), and one exchange with the vault.",
      "server/src/engine-rounds.test.ts",
    ),
    vitest(
      "1",
      "Each tool refuses in words: bad arguments, strangers, missing permissions, the vault's 401, Google's 401, 403, 404, 429 and 500; no phone is asked.",
      "server/src/engine-refusals.test.ts",
    ),
  ];
}

function answers(): Claim {
  const command = ["vitest", "run", "server/src/engine-answers.test.ts"];
  return {
    id: "2",
    says: "Questions with known answers on 576 real mails: the tools give the facts in at most 4 calls and under 12,000 tokens (o200k).",
    by: command.join(" "),
    show: () =>
      realMail("") === undefined
        ? { result: "skipped", figure: "../shared/data is not here" }
        : tests(command, {}, /^answers: /),
  };
}

function stress(): Claim[] {
  const command = ["vitest", "run", "e2e/engine/stress.test.ts"];
  return [
    {
      id: "3",
      says: "200 messages, 2 MB of HTML, 300 pages, locked, broken, a zip bomb, winmail.dat, ISO-2022-JP, right to left, no subject, no body, 50 recipients: read or refused in words; the server stays under 400 MB.",
      by: command.join(" "),
      show: () => tests(command, {}, /^stress: /),
    },
    vitest(
      "3",
      "Files of each kind are read with page, sheet, slide or paragraph, or refused in words; long threads come in parts with nothing dropped.",
      "server/src/attachments",
      "server/src/engine-files.test.ts",
      "server/src/agent/tools",
      "server/src/google",
    ),
  ];
}

function replies(): Claim[] {
  return [
    vitest(
      "4",
      "Reply, reply to all, forward and new mail leave with the right headers, in the right thread, from the alias that the mail was sent to.",
      "server/src/engine-drafting.test.ts",
      "server/src/engine-redraft.test.ts",
      "server/src/actions",
    ),
  ];
}

function times(): Claim[] {
  const command = ["vitest", "run", "server/src/time"];
  return ZONES.map((zone) => ({
    id: "5",
    says: `41 phrasings in three zones, 36 over a change of the clocks in three, as the table says, on a server in ${zone}.`,
    by: `TZ=${zone} ${command.join(" ")}`,
    show: () => tests(command, { TZ: zone }),
  }));
}

function mutants(): Claim {
  return vitest(
    "6",
    "A model that invents, loops, returns junk or stops half-way never has an effect, never passes its budget, and its run ends in words.",
    "server/src/engine-mutant.test.ts",
  );
}

function citations(): Claim {
  const command = ["vitest", "run", "server/src/engine-citations.test.ts"];
  return {
    id: "7",
    says: "True answers over the demo's mailbox and 576 real mails stay as they are; without their citations they are noted, and quotes with a word put in are marked.",
    by: `ANSWERS=all ${command.join(" ")}`,
    show: () => tests(command, { ANSWERS: "all" }, /^citations: /),
  };
}

function more(): Claim[] {
  return [
    vitest(
      "7",
      "The newest word on each term wins, with a quote that code found in its sender's own mail.",
      "server/src/engine-terms.test.ts",
      "server/src/agent/terms.test.ts",
    ),
    citations(),
    vitest(
      "7",
      "A citation of what was not read is marked, ids and addresses of nowhere are refused, a claim without its effect is withheld.",
      "server/src/agent/truth.test.ts",
      "server/src/agent/claims.test.ts",
      "server/src/agent/runs.test.ts",
      "server/src/agent/tools/provenance.test.ts",
    ),
    vitest(
      "7",
      "Drafts follow the user's own sent mail, read afresh and not kept, until that is turned off.",
      "server/src/engine-voice.test.ts",
      "server/src/agent/voice.test.ts",
      "server/src/agent/transcript.test.ts",
    ),
    vitest(
      "7",
      "Bedrock or a local model by configuration; throttling, 5xx and cut streams are tried again within bounds, then said.",
      "server/src/engine-model.test.ts",
      "server/src/agent/model-retry.test.ts",
      "server/src/model-config.test.ts",
    ),
    vitest("7", "A deleted conversation leaves no content.", "server/src/engine-erase.test.ts"),
    {
      id: "7",
      says: "In a real Chromium: conversations are searched, renamed and deleted; answers carry what they rest on.",
      by: "playwright test e2e/conversations.e2e.ts e2e/answers.e2e.ts",
      show: browser("e2e/conversations.e2e.ts", "e2e/answers.e2e.ts"),
    },
  ];
}
