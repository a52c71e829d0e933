/**
 * One self-signed certificate for every stand-in that speaks https: localhost, 127.0.0.1 and mail.google.com. Lives as long as the world;
 * nobody trusts it but those who are handed it.
 */
import { createHash, randomBytes, X509Certificate } from "node:crypto";

import { generate } from "selfsigned";

export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list`. */
  spkiSha256Base64: string;
}

export async function createCertificate(): Promise<Certificate> {
  // OpenSSL finds a trusted certificate by its subject: two worlds in one process need two subjects.
  const subject = [
    { name: "commonName", value: "localhost" },
    { name: "organizationName", value: `stand-in ${randomBytes(8).toString("hex")}` },
  ];
  const made = await generate(subject, {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 2, value: "mail.google.com" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: "spki", format: "der" });
  return {
    key: made.private,
    cert: made.cert,
    spkiSha256Base64: createHash("sha256").update(spki).digest("base64"),
  };
}
