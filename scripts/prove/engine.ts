/** The claims of the engine of approvals: nothing lost, nothing forged, nothing done twice. */
import { browser, type Claim, program, tests, vitest } from "./claim.ts";

const KILLS = 160;
const ROUNDS = 200;

export function engine(): readonly Claim[] {
  return [...sweeps(), race(), ...forgeries(), ...crowds(), ...atRest(), ...more()];
}

function sweeps(): Claim[] {
  const kinds: readonly [string, readonly string[]][] = [
    ["on SQLite", ["--store", "sqlite", "--kills", `${KILLS}`]],
    ["on Postgres", ["--store", "postgres", "--kills", `${KILLS}`]],
    [
      "on Postgres beside a second process, which goes on",
      ["--store", "postgres", "--kills", "80", "--beside"],
    ],
  ];
  return kinds.map(([where, args]) => {
    const command = ["node", "e2e/engine/kill-sweep.ts", ...args];
    return {
      id: "1",
      says: `Killed at every named await boundary ${where}: what was approved is delivered, or stands in the calendar, exactly once, what was denied does not, every run and approval ends, events have no gap, the audit verifies.`,
      by: command.join(" "),
      show: program(command, /^\d+ kills|^audit verify/),
    };
  });
}

function race(): Claim {
  const command = ["vitest", "run", "server/src/engine-race.test.ts"];
  return {
    id: "2",
    says: `Fifty attempts at once on one approval (yes, execute, withdraw, settle, ask again; two processes), ${ROUNDS} rounds on each store: one effect or none.`,
    by: `RACE_ROUNDS=${ROUNDS} ${command.join(" ")}`,
    show: () => tests(command, { RACE_ROUNDS: `${ROUNDS}` }),
  };
}

function forgeries(): Claim[] {
  return [
    vitest(
      "3",
      "Forged, replayed and changed answers are each refused with their reason.",
      "server/src/engine-forgery.test.ts",
    ),
    vitest(
      "3",
      "To, Cc, Bcc, sender, subject, text, thread and attachment bytes changed between push and yes, the draft deleted or sent by hand, the stored mail swapped: nothing is sent.",
      "server/src/engine-drift.test.ts",
    ),
    vitest(
      "3",
      "An event changed, or a mail moved, between push and yes: left alone; a lost answer is settled by reading; an undo takes back exactly what was done.",
      "server/src/engine-events.test.ts",
      "server/src/engine-filing.test.ts",
    ),
    vitest(
      "4",
      "The eight cases in which Auth0's wrapper fails.",
      "server/src/engine-wrapper.test.ts",
    ),
  ];
}

function crowds(): Claim[] {
  const kinds: readonly [string, readonly string[]][] = [
    [
      "10,000 waiting approvals in one process: memory, CPU, no early poll, lateness, approval to delivered.",
      [],
    ],
    [
      "The same in two processes, one of them killed: nothing lost, nothing later than a lease.",
      ["--processes", "2", "--kill"],
    ],
  ];
  return kinds.map(([says, args]) => {
    const command = ["node", "e2e/engine/crowd.ts", ...args];
    return { id: "5", says, by: command.join(" "), show: program(command, /^ok |^cores|^late/) };
  });
}

function atRest(): Claim[] {
  return [
    vitest(
      "6",
      "Each commit to the default store is on the disk before it is told.",
      "server/src/store/both-fsync.test.ts",
    ),
    vitest(
      "7",
      "A stolen copy of the database yields no mail text, no address and no token.",
      "server/src/engine-stolen.test.ts",
    ),
    vitest(
      "8",
      "Corrupt database, wrong master key, newer schema, no Postgres: a clear word, and nothing changed.",
      "server/src/store/both-broken.test.ts",
    ),
    vitest(
      "8",
      "Postgres killed while an approval waits, and back: sent once, told without a gap.",
      "server/src/engine-outage.test.ts",
    ),
  ];
}

function more(): Claim[] {
  return [
    vitest(
      "9",
      "The checkpointer passes LangGraph's conformance suite on both stores.",
      "server/src/store/both-checkpointer.test.ts",
    ),
    vitest(
      "9",
      "Events and announcements across processes, also after the connection broke.",
      "server/src/store/both-events.test.ts",
    ),
    vitest(
      "9",
      "Five pushes a minute to one phone, one bucket for the tenant, panels first, leases that come back.",
      "server/src/engine-queue.test.ts",
    ),
    vitest(
      "9",
      "An audit export shows any edit, removal, reordering or cut, and any unlawful move.",
      "server/src/audit",
      "server/src/cli.test.ts",
    ),
    vitest(
      "9",
      "What the assistant says it sent is checked against the effects before it is shown.",
      "server/src/agent",
    ),
    {
      id: "9",
      says: "In a real Chromium: one request for several mails, a draft changed while asked, a sixth request in a minute.",
      by: "playwright test e2e/engine.e2e.ts",
      show: browser("engine.e2e"),
    },
    {
      id: "9",
      says: "In a real Chromium: a call scheduled, moved, undone and cancelled; mails labelled, archived, binned and undone; denied, and changed meanwhile.",
      by: "playwright test e2e/office.e2e.ts",
      show: browser("office.e2e"),
    },
  ];
}
