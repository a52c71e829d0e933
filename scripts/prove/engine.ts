/** The claims of the engine of approvals: nothing lost, nothing forged, nothing done twice. */
import { type Claim, type Shown, tests } from "./claim.ts";
import { lastLines, run } from "./run.ts";

/** The last line of a program that judges itself by its exit code. */
function program(command: readonly string[], figure: RegExp): () => Shown {
  return () => {
    const ran = run(command);
    const lines = ran.output.trim().split("\n");
    const found = lines.filter((line) => figure.test(line)).join("; ");
    return ran.ok && found !== ""
      ? { result: "passed", figure: `${found} in ${ran.seconds.toFixed(0)} s` }
      : {
          result: "failed",
          figure: [
            ...lines.filter((line) => line.startsWith("FAILED")).slice(0, 3),
            lastLines(ran.output),
          ].join(" | "),
        };
  };
}

function vitest(id: string, says: string, ...files: string[]): Claim {
  const command = ["vitest", "run", "--project", "standins", "--project", "unit", ...files];
  return { id, says, by: command.join(" "), show: () => tests(command) };
}

const KILLS = 160;

export function engine(): readonly Claim[] {
  return [...sweeps(), ...tested()];
}

function sweeps(): Claim[] {
  return (["sqlite", "postgres"] as const).map((store) => {
    const command = ["node", "e2e/engine/kill-sweep.ts", "--store", store, "--kills", `${KILLS}`];
    return {
      id: "1",
      says: `Killed at every named await boundary on ${store}: what was approved is delivered exactly once, what was denied is not, every run and approval ends, events have no gap, the audit verifies.`,
      by: command.join(" "),
      show: program(command, /^\d+ kills|^audit verify/),
    };
  });
}

function tested(): Claim[] {
  return [
    vitest(
      "-",
      "Approvals, denials, drift, replays and silent ends, on both stores.",
      "server/src/engine.test.ts",
    ),
    vitest(
      "-",
      "An audit export shows any edit, removal, reordering or cut, and any unlawful move.",
      "server/src/audit",
      "server/src/cli.test.ts",
    ),
    vitest(
      "-",
      "What the assistant says it sent is checked against the effects before it is shown.",
      "server/src/agent",
    ),
  ];
}
