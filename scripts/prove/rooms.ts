/** The claims of deal rooms: who is in, what a role leaves, what ends with a membership; and of the audit that a regulator would accept. */
import { browser, type Claim, program, tests, vitest } from "./claim.ts";

const BARRIER_RUNS = 10_000;
const KILLS = 160;

export function rooms(): readonly Claim[] {
  return [...people(), ...sweeps(), walls(), ...audit(), ...ending(), ...many()];
}

function people(): Claim[] {
  return [
    {
      id: "1",
      says: "Three people in three browsers with three phones: invited, of one tracker, asked together, denied by one, approved by all, stopped at a wall; the audit holds all of it and verifies.",
      by: "playwright test e2e/deal-team.e2e.ts",
      show: browser("e2e/deal-team.e2e.ts"),
    },
    {
      id: "1",
      says: "Two people in two browsers: a room is made, a thread of it is known in both mailboxes, a role holds, a removal ends it.",
      by: "playwright test e2e/rooms.e2e.ts",
      show: browser("e2e/rooms.e2e.ts"),
    },
    vitest(
      "2",
      "Role x tool x action, each cell made of the definitions; defaults within what may be given; of several rooms the narrowest holds.",
      "server/src/rooms/allowed.test.ts",
      "shared/src/role.test.ts",
    ),
    vitest(
      "2",
      "Every route of rooms x no member, a member whose role lacks the right, ids of others and of nobody.",
      "server/src/route-table.test.ts",
    ),
    vitest(
      "org",
      "Each way a mail or an invitation goes to a blocked domain x the policy; no file makes anything looser; kept at the wish and at the yes.",
      "server/src/organisation/policy.test.ts",
      "server/src/engine-organisation.test.ts",
    ),
    vitest(
      "5",
      "On either store: invited, joined, held to the role at the wish and at the yes, removed: views, streams, and waiting requests end with it; a wall closes what was read before it.",
      "server/src/engine-rooms.test.ts",
    ),
    vitest(
      "tracker",
      "On either store: proposed to one's person alone, confirmed once, disputed, withdrawn, asked about; no mail's words reach a mailbox that lacks them.",
      "server/src/engine-tracker.test.ts",
      "shared/src/tracker.test.ts",
      "extension/src/panel/rooms/track.test.ts",
    ),
    vitest(
      "eyes",
      "On either store: nothing is done before each has said yes on their own phone; any no, silence, withdrawal, lost role or strange grant ends all of it.",
      "server/src/engine-eyes.test.ts",
      "server/src/rooms/needed.test.ts",
    ),
    vitest(
      "eyes",
      "On either store: who stands in for somebody away is asked instead, for whom is said and recorded, and the yes counts while the absence holds.",
      "server/src/engine-eyes.test.ts",
      "server/src/rooms/needed.test.ts",
    ),
    vitest(
      "label",
      "On either store: a room's label on a thread offers the room; put on by VaultDesk, the phone names the room, and the thread joins it on the yes alone.",
      "server/src/engine-labels.test.ts",
    ),
    vitest(
      "tier",
      "On either store: a marked document, renamed, saved again, zipped, forwarded, copied, is refused before the push and at the yes; an override is a second person's by name.",
      "server/src/engine-tiers.test.ts",
      "server/src/rooms/tier.test.ts",
    ),
    vitest(
      "events",
      "On either store: an event made under a room's rules is gone from the calendar of whoever comes to stand across its wall.",
      "server/src/engine-room-events.test.ts",
    ),
  ];
}

function sweeps(): Claim[] {
  const kinds: readonly [string, readonly string[]][] = [
    ["on SQLite", ["--store", "sqlite", "--kills", `${KILLS}`]],
    ["on Postgres", ["--store", "postgres", "--kills", `${KILLS}`]],
    [
      "on Postgres beside a second process, which goes on",
      ["--store", "postgres", "--kills", "60", "--beside"],
    ],
  ];
  return kinds.map(([where, args]) => {
    const command = ["node", "e2e/engine/kill-sweep.ts", "--eyes", ...args];
    return {
      id: "eyes",
      says: `Killed at every named await boundary of an action that two must approve, ${where}: done once with both yeses, or not at all with any no, and the other's request ends with it.`,
      by: command.join(" "),
      show: program(command, /^\d+ kills|^audit verify/),
    };
  });
}

function walls(): Claim {
  const command = ["vitest", "run", "server/src/rooms/walls.test.ts"];
  return {
    id: "3",
    says: `Rooms, walls, members, mail, calendars and questions at random, ${BARRIER_RUNS} cases: answered as if what is across the wall were not there; seven planted leaks are found.`,
    by: `BARRIER_RUNS=${BARRIER_RUNS} ${command.join(" ")}`,
    show: () => tests(command, { BARRIER_RUNS: `${BARRIER_RUNS}` }),
  };
}

function audit(): Claim[] {
  const million = ["node", "e2e/engine/audit-million.ts"];
  return [
    vitest(
      "4",
      "One bit changed, a row removed, two swapped, the tail cut, the head signed by another key: each is found, in lines and in a table.",
      "server/src/audit",
      "server/src/cli.test.ts",
    ),
    {
      id: "4",
      says: "A million rows verify in under 10 s and 200 MB.",
      by: million.join(" "),
      show: program(million, /^(?:ok|FAILED) \d+ rows in/),
    },
    vitest(
      "4",
      "Sign-ins, what Google grants, settings, refused wishes, holds and deletions have their rows, once, with the facts of their kind; what is on hold can't be deleted.",
      "server/src/engine-audit.test.ts",
      "shared/src/audit.test.ts",
    ),
  ];
}

function ending(): Claim[] {
  return [
    vitest(
      "age",
      "On either store: a conversation ends by its age, once, with its row; none that is used, held or at work, and none before a day in which people could see it.",
      "server/src/store/both-expiry.test.ts",
      "server/src/keep/terms.test.ts",
    ),
    vitest(
      "age",
      "On either store: audit rows are removed by age under a signed anchor, from which the check goes on, also against an older export; without it, moved, or by another key it is found; a hold stops it.",
      "server/src/audit/cut.test.ts",
    ),
    vitest(
      "5",
      "On either store: a person is forgotten with their key, beside a server that holds it; nothing names or opens theirs, the audit verifies, others' rooms are as they were.",
      "server/src/engine-forget.test.ts",
    ),
  ];
}

function many(): Claim[] {
  const full = ["node", "e2e/engine/many-rooms.ts"];
  return [
    {
      id: "6",
      says: "100 rooms of 50 members and 5,000 threads each, one person in all: each view within 100 ms (p95 of 50 calls), on either store.",
      by: full.join(" "),
      show: program(full, /^ok: each view/),
    },
    vitest(
      "6",
      "No view of rooms reads a whole table that grows, on either store.",
      "server/src/store/both-plans.test.ts",
    ),
  ];
}
