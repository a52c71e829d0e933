/** The crowd in its process, with what a load proof says to it and hears of it. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { FromCrowd, type ToCrowd } from "@vaultdesk/standins/crowd/messages.ts";

const MAIN = resolve(import.meta.dirname, "../../standins/src/crowd/main.ts");

type Kind = FromCrowd["kind"];
type Said<K extends Kind> = Extract<FromCrowd, { kind: K }>;

export interface Person {
  sub: string;
  email: string;
}

function isKind<K extends Kind>(said: FromCrowd, kind: K): said is Said<K> {
  return said.kind === kind;
}

/** `folder` takes its set-up and its certificate. `more`: how far away it is, how fast the model speaks, everybody's mail. */
export async function startCrowd(
  folder: string,
  people: readonly Person[],
  intervalSeconds: number,
  more: { latencyMs?: number; deltaMs?: number; mail?: readonly string[] } = {},
) {
  const setupFile = join(folder, "setup.json");
  const certificateFile = join(folder, "certificate.pem");
  await writeFile(setupFile, JSON.stringify({ people, intervalSeconds, certificateFile, ...more }));
  const crowd = fork(MAIN, [setupFile]);

  async function heard<K extends Kind>(kind: K): Promise<Said<K>> {
    for (;;) {
      const messages: unknown[] = await once(crowd, "message");
      const said = FromCrowd.parse(messages[0]);
      if (isKind(said, kind)) return said;
    }
  }
  const tell = (message: ToCrowd) => {
    crowd.send(message);
  };
  function answer<K extends Kind>(kind: K, message: ToCrowd): Promise<Said<K>> {
    const coming = heard(kind);
    tell(message);
    return coming;
  }

  const { env } = await heard("ready");
  return {
    /** Of a server on Bedrock, but for its store, its key and its port. */
    env: {
      ...env,
      BEDROCK_REGION: "eu-central-1",
      BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
      AWS_ACCESS_KEY_ID: "AKIASTANDIN000000000",
      AWS_SECRET_ACCESS_KEY: "stand-in-secret-access-key-0000000000000",
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    certificateFile,
    tell,
    stats: () => answer("stats", { kind: "stats" }),
    async bearers() {
      return (await answer("bearers", { kind: "bearers", subs: people.map(({ sub }) => sub) }))
        .tokens;
    },
    close() {
      crowd.kill();
    },
  };
}
