/** The child of the streams' row: the least that holds streams open, with nobody's state. Says that it listens as the server does. */
import { createServer } from "node:http";

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("id: 1\ndata: {}\n\n");
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  process.stdout.write(`${JSON.stringify({ message: "listening", port })}\n`);
});
