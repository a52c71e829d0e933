/**
 * One world on free ports: Auth0, the phone, Google, Bedrock and the Gmail page in this process, and what a server and a browser need
 * to live in it. The product differs only in base URLs.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";

import { type Auth0, type Auth0User, startAuth0 } from "./auth0/start.ts";
import { type Bedrock, startBedrock } from "./bedrock/start.ts";
import { type GmailPage, startGmailPage } from "./gmail-page/start.ts";
import { type Google, type GoogleUser, startGoogle } from "./google/start.ts";
import { type Certificate, createCertificate } from "./tls.ts";

export interface Mail {
  raw: Uint8Array;
  labels?: string[];
}

export interface Inhabitant extends GoogleUser {
  sub: string;
  phone: Auth0User["phone"];
  mail: readonly Mail[];
}

export interface WorldOptions {
  extensionId: string;
  /** The first one's mailbox is shown on the Gmail page. */
  people: readonly [Inhabitant, ...Inhabitant[]];
  /** As of the Auth0 stand-in. */
  tenant?: "ready" | "empty";
  /** CIBA poll interval. */
  intervalSeconds?: number;
  approvalSeconds?: number;
  /** Life of the panel's access token; Auth0's default for an API is longer than a test. */
  tokenSeconds?: number;
  /** Of a browser that sees one world after another. */
  shared?: SharedPage;
}

/** Gmail's page and what it is known by: they outlive the world. */
export interface SharedPage {
  certificate: Certificate;
  gmailPage: GmailPage;
}

/** How Chromium finds Gmail's page, and nothing else outside loopback. */
export function chromiumFlags({ certificate, gmailPage }: SharedPage): readonly string[] {
  return [
    `--host-resolver-rules=MAP mail.google.com:443 127.0.0.1:${gmailPage.port}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${certificate.spkiSha256Base64}`,
  ];
}

export interface World {
  google: Google;
  auth0: Auth0;
  bedrock: Bedrock;
  gmailPage: GmailPage;
  /** Where the server's database lies; gone with the world. */
  folder: string;
  serverEnv(more?: Readonly<Record<string, string>>): Record<string, string>;
  extensionConfig(serverUrl: string): Record<string, string>;
  chromiumFlags: readonly string[];
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "vaultdesk-world-"));
  const { shared } = options;
  const certificate = shared?.certificate ?? (await createCertificate());
  const certificateFile = join(folder, "certificate.pem");
  await writeFile(certificateFile, certificate.cert);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.cert]);

  const google = await startGoogle({
    users: options.people.map(({ email, name, timeZone, signature, aliases }) => ({
      email,
      name,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(signature === undefined ? {} : { signature }),
      ...(aliases === undefined ? {} : { aliases }),
    })),
  });
  for (const person of options.people) await google.importMail(person.email, person.mail);
  const auth0 = await startAuth0({
    google,
    users: options.people.map(({ sub, email, name, phone }) => ({ sub, email, name, phone })),
    stateFile: join(folder, "auth0.sqlite"),
    tls: certificate,
    extensionId: options.extensionId,
    intervalSeconds: options.intervalSeconds ?? 5,
    tenant: options.tenant ?? "ready",
    ...(options.tokenSeconds === undefined ? {} : { tokenSeconds: options.tokenSeconds }),
  });
  const bedrock = await startBedrock({});
  const [first, ...others] = options.people;
  const shown = { google, email: first.email, others: others.map(({ email }) => email) };
  shared?.gmailPage.show(shown);
  const gmailPage = shared?.gmailPage ?? (await startGmailPage({ shows: shown, tls: certificate }));
  const masterKey = randomBytes(32).toString("base64");

  return {
    google,
    auth0,
    bedrock,
    gmailPage,
    folder,
    serverEnv: (more = {}) => ({
      ...auth0.env,
      PORT: "0",
      EXTENSION_ID: options.extensionId,
      GMAIL_ROOT_URL: google.url,
      GOOGLE_REVOKE_URL: `${google.url}revoke`,
      CALENDAR_ROOT_URL: google.url,
      BEDROCK_REGION: "eu-central-1",
      BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
      BEDROCK_ENDPOINT: bedrock.url,
      AWS_ACCESS_KEY_ID: "AKIASTANDIN000000000",
      AWS_SECRET_ACCESS_KEY: "stand-in-secret-access-key-0000000000000",
      AWS_EC2_METADATA_DISABLED: "true",
      MODEL_RETRY_MS: "20",
      DATABASE_FILE: join(folder, "vaultdesk.sqlite"),
      MASTER_KEY: masterKey,
      APPROVAL_SECONDS: String(options.approvalSeconds ?? 300),
      NODE_EXTRA_CA_CERTS: certificateFile,
      ...more,
    }),
    extensionConfig: (serverUrl) => ({
      serverUrl,
      auth0Domain: auth0.domain,
      auth0ClientId: auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
      auth0Audience: auth0.env["AUTH0_AUDIENCE"] ?? "",
    }),
    chromiumFlags: chromiumFlags({ certificate, gmailPage }),
    async close() {
      if (shared === undefined) await gmailPage.close();
      await Promise.all([bedrock.close(), auth0.close(), google.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
