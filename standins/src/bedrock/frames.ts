/** Event stream frames, `application/vnd.amazon.eventstream`, by the codec that AWS's own clients use. */
import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";

import type { StreamEvent } from "./answer.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function frame(headers: Record<string, string>, body: unknown): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ":content-type": "application/json" }).map(([name, value]) => [
        name,
        { type: "string" as const, value },
      ]),
    ),
    body: fromUtf8(JSON.stringify(body)),
  });
}

export function eventFrame(event: StreamEvent): Uint8Array {
  // Bedrock pads events with `p` so that their length does not tell the text's.
  const body = { ...event.body, p: "abcdefghijklmnopqrstuvwxyz" };
  return frame({ ":message-type": "event", ":event-type": event.type }, body);
}

export function exceptionFrame(type: string, message: string): Uint8Array {
  return frame({ ":message-type": "exception", ":exception-type": type }, { message });
}
