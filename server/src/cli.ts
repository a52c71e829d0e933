/**
 * `pnpm vaultdesk ROOM [VERB]`: exits 0 (done and sound), 1 (done, and not sound) or 2 (not done). With `main.ts`, the only reader of
 * `process.env`, and only for the verbs that open the store; the code of other verbs is not even loaded.
 */
import { misused, type Outcome } from "./outcome.ts";
import { loadEnvFile } from "./secret-files.ts";

async function run([room, ...rest]: string[]): Promise<Outcome> {
  const unread = loadEnvFile(process.env["VAULTDESK_ENV_FILE"]);
  if (unread !== undefined) return { exit: 2, say: [unread] };
  try {
    if (room === "doctor") {
      const { doctor } = await import("./doctor/command.ts");
      return await doctor(rest, process.env);
    }
    const [verb, ...args] = rest;
    switch (`${room} ${verb}`) {
      case "audit export": {
        const { auditExport } = await import("./audit/export-command.ts");
        return await auditExport(args, process.env, process.stdout);
      }
      case "audit verify": {
        const { auditVerify } = await import("./audit/verify-command.ts");
        return await auditVerify(args);
      }
      case "setup auth0": {
        const { setupAuth0 } = await import("./tenant/setup-command.ts");
        return await setupAuth0(args, { env: process.env, out: process.stdout });
      }
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

const { exit, answer = [], say = [] } = await run(process.argv.slice(2));
process.stdout.write(answer.map((line) => `${line}\n`).join(""));
process.stderr.write(say.map((line) => `${line}\n`).join(""));
process.exitCode = exit;
