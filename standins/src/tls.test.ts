import { createServer } from "node:https";
import tls from "node:tls";

import { expect, test } from "vitest";

import { createCertificate } from "./tls.ts";

test("a client that was handed the certificate trusts localhost and mail.google.com, another does not", async () => {
  const certificate = await createCertificate();
  const server = createServer(certificate, (_, response) => void response.end("hello"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const { port } = typeof address === "object" && address !== null ? address : { port: 0 };
  const reach = (servername: string, ca?: string) =>
    new Promise<string>((resolve) => {
      const socket = tls.connect({ port, host: "127.0.0.1", servername, ...(ca && { ca }) });
      socket.on("secureConnect", () => {
        socket.destroy();
        resolve("trusted");
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  expect(await reach("localhost", certificate.cert)).toBe("trusted");
  expect(await reach("mail.google.com", certificate.cert)).toBe("trusted");
  expect(await reach("accounts.google.com", certificate.cert)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(await reach("localhost")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  server.close();
  expect(certificate.spkiSha256Base64).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});
