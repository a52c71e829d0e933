/**
 * `pnpm vaultdesk ROOM [VERB]`: exits 0 (done and sound), 1 (done, and not sound) or 2 (not done). With `main.ts`, the only reader of
 * `process.env`, and only for the verbs that open the store; the code of other verbs is not even loaded.
 */
import { misused, type Outcome } from "./outcome.ts";
import { loadEnvFile } from "./secret-files.ts";

async function run([room = "", ...rest]: string[]): Promise<Outcome> {
  const { env } = process;
  const unread = loadEnvFile(env["VAULTDESK_ENV_FILE"]);
  if (unread !== undefined) return { exit: 2, say: [unread] };
  try {
    switch (room) {
      case "audit":
        return await audit(rest);
      case "backup": {
        const { backup } = await import("./backup/backup-command.ts");
        return await backup(rest, env);
      }
      case "restore": {
        const { restore } = await import("./backup/restore-command.ts");
        return await restore(rest, env);
      }
      case "export-store": {
        const { exportStore } = await import("./backup/move-command.ts");
        return await exportStore(rest, env);
      }
      case "import-store": {
        const { importStore } = await import("./backup/move-command.ts");
        return await importStore(rest, env);
      }
      case "doctor": {
        const { doctor } = await import("./doctor/command.ts");
        return await doctor(rest, env, (line) => process.stderr.write(`${line}\n`));
      }
      case "forget": {
        const { forgetCommand } = await import("./keep/forget-command.ts");
        return await forgetCommand(rest, env);
      }
      case "policy": {
        const { policyCommand } = await import("./organisation/policy-command.ts");
        return policyCommand(rest);
      }
      case "setup":
        return await setup(rest);
      default:
        return misused();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = "code" in error ? String(error.code) : "";
    if (code.startsWith("ERR_PARSE_ARGS_")) return misused(error.message);
    return { exit: 2, say: [error.message] };
  }
}

async function audit([verb = "", ...args]: string[]): Promise<Outcome> {
  switch (verb) {
    case "export": {
      const { auditExport } = await import("./audit/export-command.ts");
      return auditExport(args, process.env, process.stdout);
    }
    case "verify": {
      const { auditVerify } = await import("./audit/verify-command.ts");
      return auditVerify(args);
    }
    case "report": {
      const { auditReport } = await import("./audit/report-command.ts");
      return auditReport(args, process.env);
    }
    case "hold": {
      const { auditHold } = await import("./audit/hold-command.ts");
      return auditHold(args, process.env);
    }
    default:
      return misused();
  }
}

async function setup([what = "", ...args]: string[]): Promise<Outcome> {
  if (what !== "auth0") return misused();
  const { setupAuth0 } = await import("./tenant/setup-command.ts");
  return setupAuth0(args, { env: process.env, out: process.stdout });
}

const { exit, answer = [], say = [] } = await run(process.argv.slice(2));
process.stdout.write(answer.map((line) => `${line}\n`).join(""));
process.stderr.write(say.map((line) => `${line}\n`).join(""));
process.exitCode = exit;
