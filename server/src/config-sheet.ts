/** The server's environment as a page for people and as an example file, both made of its schema. Pure. */
import { z } from "zod";

import { Environment } from "./config-schema.ts";
import { Bedrock, Ollama } from "./model-config.ts";

const Property = z.object({
  description: z.string().default(""),
  default: z.union([z.string(), z.number()]).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  secret: z.boolean().default(false),
});
const Schema = z.object({
  properties: z.record(z.string(), Property),
  required: z.array(z.string()).default([]),
});

interface Key {
  name: string;
  says: string;
  secret: boolean;
  needed: boolean;
  usual?: string | number;
  from?: number;
  to?: number;
}

interface Part {
  title: string;
  keys: Key[];
}

function keysOf(schema: z.ZodType): Key[] {
  const { properties, required } = Schema.parse(z.toJSONSchema(schema, { io: "input" }));
  return Object.entries(properties).map(([name, one]) => ({
    name,
    says: one.description,
    secret: one.secret,
    needed: required.includes(name),
    ...(one.default === undefined ? {} : { usual: one.default }),
    // zod gives an integer without an end the largest there is.
    ...(one.minimum === undefined || one.minimum < 0 ? {} : { from: one.minimum }),
    ...(one.maximum === undefined || one.maximum >= 2 ** 53 - 1 ? {} : { to: one.maximum }),
  }));
}

export function parts(): Part[] {
  const bedrock = keysOf(Bedrock).map((key) =>
    key.name === "MODEL_PROVIDER" ? { ...key, needed: false, usual: "bedrock" } : key,
  );
  const theirs = new Set(
    bedrock.filter(({ name }) => !/^(BEDROCK|AWS)_/.test(name)).map(({ name }) => name),
  );
  return [
    { title: "Server", keys: keysOf(Environment) },
    { title: "Model: Bedrock", keys: bedrock },
    {
      title: "Model: Ollama, instead",
      keys: keysOf(Ollama).filter(
        ({ name }) => name === "MODEL_CONTEXT_TOKENS" || !theirs.has(name),
      ),
    },
  ];
}

const range = ({ from, to }: Key) =>
  from === undefined || to === undefined ? "" : ` From ${from} to ${to}.`;

function row(key: Key): string {
  const value = key.usual === undefined ? (key.needed ? "**needed**" : "-") : `\`${key.usual}\``;
  return `| \`${key.name}\` | ${value} | ${key.says}${range(key)}${key.secret ? " Secret." : ""} |`;
}

export function page(): string {
  const tables = parts().map(({ title, keys }) =>
    [
      `## ${title}`,
      "",
      "| key | default | what it is |",
      "| --- | --- | --- |",
      ...keys.map(row),
      "",
    ].join("\n"),
  );
  return `# Configuration

The server reads its environment once, at its start, and names every key that is missing or bad, never a value. An empty variable counts as
none. This page and \`.env.example\` are made of the schema: \`node scripts/configuration.ts\`.

- **A file of variables**: \`VAULTDESK_ENV_FILE=/etc/vaultdesk/env pnpm start\`, in the form of \`.env.example\`. A variable that is set
  already wins. The commands (\`pnpm vaultdesk ...\`) read it as well.
- **Secrets as files**: for each key marked _Secret_, \`NAME_FILE\` may name a file that holds it (Docker's \`/run/secrets\`, a Kubernetes
  volume): one line; a newline at its end is cut off. Set the variable or the file, not both.
- **Is it right?** \`pnpm vaultdesk doctor\` tries all of it and says how to mend what is wrong.

${tables.join("\n")}
## Extension's build

\`pnpm build\` bakes four addresses in: \`VAULTDESK_SERVER_URL\`, \`VAULTDESK_AUTH0_DOMAIN\`, \`VAULTDESK_AUTH0_CLIENT_ID\` (of the
extension's client) and \`VAULTDESK_AUTH0_AUDIENCE\`; all of them or, for a build that only talks to this machine, none.

## Read by Node and AWS, not by us

\`NODE_EXTRA_CA_CERTS\` names a certificate to trust besides the usual ones. AWS's chain of credentials reads \`AWS_ACCESS_KEY_ID\`,
\`AWS_SECRET_ACCESS_KEY\`, \`AWS_SESSION_TOKEN\`, \`AWS_PROFILE\` and what the machine's role gives.
`;
}

/** Wanted keys are open lines, the others stand commented out with their default. */
export function example(): string {
  const seen = new Set<string>();
  const blocks = parts().map(({ title, keys }) => {
    const lines = keys
      .filter(({ name }) => !seen.has(name) && seen.add(name))
      .flatMap((key) => [
        `# ${key.says}${range(key)}`,
        `${key.needed && title === "Server" ? "" : "#"}${key.name}=${key.usual ?? ""}`,
      ]);
    return [`## ${title}`, ...lines, ""].join("\n");
  });
  return [
    "# Copy, fill in, and name it in VAULTDESK_ENV_FILE. Each secret may come from a file instead: NAME_FILE=/run/secrets/name.",
    "# DATABASE_FILE or DATABASE_URL is needed. Made by `node scripts/configuration.ts`; more in docs/admin/configuration.md.",
    "",
    ...blocks,
  ].join("\n");
}
