/** For tests: a room with a mailbox, an empty calendar, and a conversation that has named everything. */
import { BY_HAND } from "../../actions/standing.ts";
import type { Tracker } from "../../rooms/tracker.ts";
import type { Room, Trackers } from "./tool.ts";

const none = () => Promise.reject(new Error("no files here"));

export const NO_TRACKERS: Trackers = {
  read: () => Promise.resolve([]),
  propose: () => Promise.reject(new Error("no rooms here")),
};

export const NO_TRACKER: Pick<Tracker, "read" | "propose"> = {
  read: () => Promise.resolve(undefined),
  propose: () => Promise.reject(new Error("no rooms here")),
};

export function roomOf(more: Pick<Room, "mail"> & Partial<Room>): Room {
  return {
    diary: {
      zone: () => Promise.resolve("UTC"),
      events: () =>
        Promise.resolve({ ok: true, value: { timeZone: "UTC", events: [], more: false } }),
      busy: () => Promise.resolve({ ok: true, value: [] }),
    },
    trackers: NO_TRACKERS,
    files: { list: none, read: none },
    now: new Date(),
    timeZone: "UTC",
    seen: () => true,
    provenance: BY_HAND,
    redraft: () => Promise.reject(new Error("no drafts here")),
    ...more,
  };
}
