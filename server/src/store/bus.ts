/**
 * Short announcements between the parts of a server, and between its processes where the store has more than one.
 * An announcement is a hint to look at the store, never the fact itself: one that is lost costs time, not truth.
 */
import { EventEmitter } from "node:events";

import type { Transaction } from "kysely";

import type { Tables } from "./schema.ts";

/**
 * `conversation`: new events of this id. `cancel`: the person stopped the run of this id. `sign_out`: this person did, everywhere. `released`: a process leaves,
 * and gave back what it had of this table. `room`: a room let this person in or out. `asked`: a request to this person's phone moved.
 * `forgotten`: somebody's key was destroyed.
 */
type Topic = "conversation" | "cancel" | "sign_out" | "released" | "room" | "asked" | "forgotten";

export interface Bus {
  /** Tells the other processes once `tx` commits. */
  publishIn(tx: Transaction<Tables>, topic: Topic, id: string): Promise<void>;
  /** Tells this process now. */
  announce(topic: Topic, id: string): void;
  /** Hears one id. */
  on(topic: Topic, id: string, heard: () => void, signal: AbortSignal): void;
}

export interface LocalBus extends Bus {
  /** Wakes everybody who listens: what was announced while the connection was gone is unknown. */
  wakeAll(): void;
}

export function createLocalBus(publishIn: Bus["publishIn"] = () => Promise.resolve()): LocalBus {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    publishIn,
    announce(topic, id) {
      emitter.emit(`${topic}/${id}`);
    },
    on(topic, id, heard, signal) {
      const name = `${topic}/${id}`;
      emitter.on(name, heard);
      signal.addEventListener("abort", () => emitter.off(name, heard), { once: true });
    },
    wakeAll() {
      for (const name of emitter.eventNames()) emitter.emit(name);
    },
  };
}
