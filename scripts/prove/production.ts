/** The claims of installing, running, growing and seeing. */
import { browser, type Claim, measured, program, tests, vitest } from "./claim.ts";

export function production(): readonly Claim[] {
  return [
    vitest(
      "1",
      "A new tenant is set up, and every check of it is sound; each single misconfiguration is named, and set-up mends it or a person must. Run twice it writes nothing; broken off at any write, the next run completes it.",
      "server/src/tenant/checks.test.ts",
      "server/src/tenant/setup.test.ts",
      "server/src/tenant/setup-command.test.ts",
      "server/src/tenant/deploy.test.ts",
    ),
    vitest(
      "1",
      "On a tenant that set-up made, a mail is read, drafted, approved and sent; what it lacks, somebody feels.",
      "server/src/no-token.test.ts",
      "server/src/engine-tenant.test.ts",
    ),
    {
      id: "2",
      says: "From the start of the process to the first healthy answer under 500 ms, and under 130 MB when idle, out of the image's root folder.",
      by: "node scripts/prove/cold-start.ts",
      show: program(["node", "scripts/prove/cold-start.ts"], /^ok /),
    },
    {
      id: "2",
      says: "The image's root folder: no dependency of development, no test, no secret, its size; it runs as nobody, read-only, with loopback alone.",
      by: "vitest run --project standins scripts/image.test.ts",
      show: () =>
        tests(["vitest", "run", "--project", "standins", "scripts/image.test.ts"], {}, /^image: /),
    },
    vitest(
      "2",
      "Compose, Cloud Run and Kubernetes: shaped as their readers take them, all keys that the server needs and none that it does not have.",
      "scripts/deploy.test.ts",
    ),
    vitest(
      "3",
      "Told to leave: not ready, no new run, streams sent elsewhere, what was begun ends in time or is another's at once, approvals wait on.",
      "server/src/engine-drain.test.ts",
    ),
    {
      id: "3",
      says: "Two processes on Postgres under the load of 50 people, both replaced in turn: no panel sees a failed request or a broken run, no event is lost, each approved mail goes once.",
      by: "node e2e/engine/rolling.ts",
      show: program(["node", "e2e/engine/rolling.ts"], /^ok |^\d+ calls/),
    },
    vitest(
      "3",
      "A process of the version before runs and starts on a schema that was only added to; on one that took away it does not start.",
      "server/src/store/both-rolling.test.ts",
      "server/src/store/migrations.test.ts",
    ),
    {
      id: "6",
      says: "The extension's zip from two clean clones is identical, byte for byte.",
      by: "node scripts/prove/zip-twice.ts",
      show: program(["node", "scripts/prove/zip-twice.ts"], /^identical: /),
    },
    {
      id: "6",
      says: "Every permission of the manifest has its reason in the stores' texts, which fit the forms.",
      by: "vitest run --project unit scripts/store.test.ts",
      show: () => tests(["vitest", "run", "--project", "unit", "scripts/store.test.ts"]),
    },
    {
      id: "update",
      says: "An update of the extension waits for a half-written question, then keeps the sign-in, the place and what waits for the phone.",
      by: "playwright test e2e/update.e2e.ts",
      show: browser("e2e/update.e2e.ts"),
    },
    {
      id: "policy",
      says: "An administrator's policy, as Chromium reads it: the server that it names is asked; one that the build may not reach is not, and the panel says why.",
      by: "playwright test --config e2e/prove.config.ts e2e/policy",
      show: measured("e2e/policy", /^policy: /),
    },
    vitest(
      "1",
      "The doctor is green on the world of stand-ins, and names each thing that is wrong, with its mend and without a secret.",
      "server/src/doctor",
    ),
    {
      id: "5",
      says: "A backup at a random moment of a question, a kill at another, a restore: what was approved is delivered exactly once.",
      by: "node e2e/engine/backup-sweep.ts --restores 24",
      show: program(["node", "e2e/engine/backup-sweep.ts", "--restores", "24"], /restores,/),
    },
    vitest(
      "5",
      "On both stores: what went out after the backup is found and not repeated; what did not is asked again; what does not hold is refused.",
      "server/src/engine-restored.test.ts",
      "server/src/backup",
      "server/src/store/both-moving.test.ts",
    ),
    vitest(
      "seeing",
      "Each kind of work has its span and its metrics, the dashboard asks for metrics that exist, and none of it holds mail text, a token, an address or a person.",
      "server/src/no-token.test.ts",
      "server/src/observe/request.test.ts",
      "server/src/observe/templates.test.ts",
    ),
  ];
}
