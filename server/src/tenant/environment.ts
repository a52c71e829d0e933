/** What the server and the extension's build have to know of a tenant that is set up, as an environment. */
import { chmod, readFile, rename, writeFile } from "node:fs/promises";

import { type Found, oursIn } from "./found.ts";
import type { Installation } from "./installation.ts";

type Variables = Readonly<Record<string, string>>;

export interface EnvironmentOfTenant {
  server: Variables;
  /** Undefined: the token may not see them. */
  secrets: Variables | undefined;
  build: Variables;
}

export const linesOf = (variables: Variables): string[] =>
  Object.entries(variables).map(([name, value]) => `${name}=${value}`);

export function environmentOf(found: Found, installation: Installation): EnvironmentOfTenant {
  const { extension, vault, approvals } = oursIn(found, installation);
  const { domain, audience, extensionId } = installation;
  const [vaultSecret, approvalsSecret] = [vault?.client_secret, approvals?.client_secret];
  return {
    server: {
      AUTH0_DOMAIN: domain,
      AUTH0_AUDIENCE: audience,
      AUTH0_EXTENSION_CLIENT_ID: extension?.client_id ?? "",
      AUTH0_VAULT_CLIENT_ID: vault?.client_id ?? "",
      AUTH0_APPROVALS_CLIENT_ID: approvals?.client_id ?? "",
      EXTENSION_ID: extensionId,
    },
    secrets:
      vaultSecret === undefined || approvalsSecret === undefined
        ? undefined
        : {
            AUTH0_VAULT_CLIENT_SECRET: vaultSecret,
            AUTH0_APPROVALS_CLIENT_SECRET: approvalsSecret,
          },
    build: {
      VAULTDESK_AUTH0_DOMAIN: domain,
      VAULTDESK_AUTH0_CLIENT_ID: extension?.client_id ?? "",
      VAULTDESK_AUTH0_AUDIENCE: audience,
    },
  };
}

/**
 * The variables take the place of the lines that set the same; every other line of the file stays. For the owner's eyes only. The
 * system's code where it can't be done.
 */
export async function writeEnvironment(
  file: string,
  variables: Variables,
): Promise<string | undefined> {
  const half = `${file}.part`;
  try {
    const before = await readFile(file, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return "";
      throw error;
    });
    const lines = before
      .split("\n")
      .filter((line) => !Object.hasOwn(variables, line.split("=")[0]?.trim() ?? ""))
      .join("\n")
      .trimEnd();
    const text = [...(lines === "" ? [] : [lines]), ...linesOf(variables), ""].join("\n");
    await writeFile(half, text, { mode: 0o600 });
    // The mode of a file that was there already is not that of its creation.
    await chmod(half, 0o600);
    await rename(half, file);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
