/** Listens on loopback only; closing does not wait for idle or hanging clients. */
import type { Server } from "node:http";

export interface Listening {
  port: number;
  close(): Promise<void>;
}

export async function listen(
  server: Pick<Server, "listen" | "once" | "address" | "close" | "closeAllConnections">,
  port = 0,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
