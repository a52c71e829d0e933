/** The claims of a hijacked model, hostile mail and hostile people: nothing leaves, changes or leaks past the phone. */
import { browser, type Claim, program, tests, vitest } from "./claim.ts";

const FUZZ_RUNS = 5000;

export function hijack(): readonly Claim[] {
  return [...redTeam(), ...leaks(), ...people(), fuzz(), load(), ...written()];
}

function redTeam(): Claim[] {
  return [
    {
      id: "1",
      says: "A model that obeys every planted word, on AgentDojo's cases in every wording and on 100 attacks of deal mail: no effect without an approval, each refused or named on the phone; the safety sheet has these figures.",
      by: "node scripts/safety-sheet.ts --check",
      show: program(["node", "scripts/safety-sheet.ts", "--check"], /^ok: /),
    },
    vitest(
      "1",
      "Where each address comes from, whom it looks like, what the text holds: told by code, kept with draft and approval on both stores, the same on card and phone.",
      "server/src/engine-warnings.test.ts",
      "server/src/actions/dossier.test.ts",
      "server/src/actions/lookalike.test.ts",
      "server/src/actions/text-notes.test.ts",
      "server/src/agent/tools/named.test.ts",
    ),
    vitest(
      "1",
      "What the user's own words did not ask for is warned of or refused; of HTML the model reads what a person sees.",
      "server/src/actions/policy.test.ts",
      "server/src/agent/asked.test.ts",
      "server/src/google/shown.test.ts",
    ),
  ];
}

function leaks(): Claim[] {
  return [
    vitest(
      "2",
      "A model that obeys the mail gets one marked secret to nobody but its owner, by 42 tool calls, 18 requests, errors, logs, the console, the audit export, phones, mailboxes and calendars of others; its drafts have no header and no recipient that was not asked for.",
      "server/src/leaks.test.ts",
    ),
    vitest(
      "2",
      "Only an address that stood in a mail or in the person's words becomes a link, letter by letter.",
      "server/src/agent/links.test.ts",
    ),
    {
      id: "2",
      says: "In a real Chromium: 40 forms of answer, each to two hosts, in answer, draft and title: nothing is asked of any host, nothing opens, nothing that holds the secret can be pressed or is kept.",
      by: "playwright test e2e/leaks.e2e.ts",
      show: browser("leaks.e2e"),
    },
    vitest(
      "2",
      "No token and no secret reaches the model, a log, the store or the panel's events.",
      "server/src/no-token.test.ts",
    ),
  ];
}

function people(): Claim[] {
  return [
    vitest(
      "3",
      "Every route of the contract x no token, expired, forged, another client's, without the scope, another origin, another user's ids, malformed ids, malformed and oversized bodies, replay. A route without its row fails.",
      "server/src/route-table.test.ts",
    ),
    vitest(
      "3",
      "Rates a person and an address, streams, headers, slow requests, readers that stop: told to wait or cut off, no event lost.",
      "server/src/sockets.test.ts",
      "server/src/edge",
    ),
  ];
}

function fuzz(): Claim {
  const files = ["server/src/fuzz.test.ts", "extension/src/fuzz.test.ts"];
  const command = ["vitest", "run", ...files];
  return {
    id: "4",
    says: `Mail, HTML, addresses, actions, event streams and extension messages: ${FUZZ_RUNS} hostile inputs a law.`,
    by: `FUZZ_RUNS=${FUZZ_RUNS} ${command.join(" ")}`,
    show: () => tests(command, { FUZZ_RUNS: `${FUZZ_RUNS}` }),
  };
}

function load(): Claim {
  const command = ["node", "e2e/engine/abuse.ts"];
  return {
    id: "5",
    says: "200 people chat over 1,000 streams beside one who asks ten times as often as they may and 60 readers that do not read: others' p95 within twice, memory bounded, no event lost.",
    by: command.join(" "),
    show: program(command, /^ok |p95: /),
  };
}

function written(): Claim[] {
  return [
    vitest(
      "6",
      "SECURITY.md: every requirement names a test that is there, the threat model only requirements that there are.",
      "scripts/security.test.ts",
    ),
    vitest(
      "6",
      "Exact versions, a lockfile of registry packages with their hashes, install scripts off but for named ones; nothing deletes mail for good.",
      "scripts/supply-chain.test.ts",
    ),
  ];
}
