/** The panel's line to the server: each call borrows the access token from the session page and keeps none. */
import type { Call, Wire } from "../api/call.ts";
import { createCall } from "../api/call.ts";
import { loadConfig } from "../config.ts";
import { messages, type Token } from "../messages/protocol.ts";
import { send } from "../messages/send.ts";

export interface Line {
  wire: Wire;
  call: Call;
  /** Tells `everywhere` when the server says that the person signed out everywhere. */
  signOuts: EventTarget;
}

async function token(fresh: boolean): Promise<Token> {
  try {
    await send(messages.openSession, { type: "session.open" });
    return await send(messages.token, { type: "session.token", fresh });
  } catch (error) {
    return { state: "unreachable", detail: error instanceof Error ? error.message : "" };
  }
}

export async function openLine(): Promise<Line> {
  const { serverUrl } = await loadConfig();
  const signOuts = new EventTarget();
  const signedOutEverywhere = () => {
    signOuts.dispatchEvent(new Event("everywhere"));
  };
  const wire: Wire = { serverUrl, token, signedOutEverywhere };
  return { wire, call: createCall(wire), signOuts };
}
