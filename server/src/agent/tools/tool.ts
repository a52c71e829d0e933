/**
 * A tool: its name, what the model is told, the arguments it takes, and what it does. One file each; `all.ts` is their list.
 * Arguments are parsed, never trusted. A write tool only says what it wants: proposing is the graph's, doing is nobody's here.
 */
import type { DraftId, RoomId } from "@vaultdesk/shared/id.ts";
import type { RoomDetails } from "@vaultdesk/shared/room.ts";
import type { ToolName } from "@vaultdesk/shared/scope.ts";
import type { Settings } from "@vaultdesk/shared/settings.ts";
import type { Reached } from "@vaultdesk/shared/tracker.ts";
import { z } from "zod";

import type { Diary } from "../../actions/diary.ts";
import type { Rewrite } from "../../actions/edit-draft.ts";
import type { Files } from "../../actions/files.ts";
import type { Mailroom, SavedDraft } from "../../actions/mailroom.ts";
import type { Redrafted } from "../../actions/redraft.ts";
import type { Provenance } from "../../actions/standing.ts";
import type { Wish } from "../../actions/wish.ts";
import type { Answer } from "../../google/call.ts";
import type { Source } from "../../rooms/entries.ts";
import type { Kept } from "../../rooms/tracker.ts";
import { badArguments, type ToolOutcome } from "./outcome.ts";
import { type Seen, strangerIn } from "./provenance.ts";

/** The tracker of a deal room that the conversation is in. */
export interface RoomBoard {
  id: RoomId;
  details: Pick<RoomDetails, "codeName" | "circle" | "dates">;
  entries: readonly Kept[];
  /** Which of these messages, by Message-ID, are of its threads. */
  has(rfcIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface Trackers {
  read(): Promise<readonly RoomBoard[]>;
  propose(roomId: string, said: Reached, source: Source): Promise<Answer<void>>;
}

/** What a tool may use, and whose question it serves. */
export interface Room {
  mail: Mailroom;
  diary: Diary;
  files: Files;
  trackers: Trackers;
  now: Date;
  /** The user's, IANA name. */
  timeZone: string;
  /** What this conversation has named. */
  seen: Seen;
  /** By whom it names an address, and what was read in it. */
  provenance: Provenance;
  /** Changes a draft of this conversation, if `version` is still its own. */
  redraft(
    wanted: { draftId: DraftId; version: string; change: Rewrite },
    signal: AbortSignal,
  ): Promise<Redrafted<SavedDraft>>;
  /** What the person set. Absent, nothing that a setting allows is done. */
  settings?: () => Promise<Settings>;
}

interface Described {
  name: ToolName;
  /** For the model. */
  description: string;
  /** For the person, while it runs. */
  title: string;
  /** JSON schema. */
  parameters: unknown;
}

export interface ReadTool extends Described {
  kind: "read";
  run(args: unknown, room: Room, signal: AbortSignal): Promise<ToolOutcome>;
}

export interface WriteTool extends Described {
  kind: "write";
  /** What is to be proposed, or the outcome that says why not. */
  wish(args: unknown, room: Room, signal: AbortSignal): Promise<{ wish: Wish } | ToolOutcome>;
}

export type Tool = ReadTool | WriteTool;

interface Words<A extends z.ZodType> {
  name: ToolName;
  description: string;
  title: string;
  args: A;
}

function described<A extends z.ZodType>({ name, description, title, args }: Words<A>): Described {
  return { name, description, title, parameters: z.toJSONSchema(args, { io: "input" }) };
}

export function readTool<A extends z.ZodType>(
  words: Words<A>,
  run: (args: z.infer<A>, room: Room, signal: AbortSignal) => Promise<ToolOutcome>,
): ReadTool {
  return {
    kind: "read",
    ...described(words),
    run: async (raw, room, signal) => {
      const args = words.args.safeParse(raw);
      if (!args.success) return badArguments(args.error);
      return strangerIn(words.name, args.data, room.seen) ?? run(args.data, room, signal);
    },
  };
}

export function writeTool<A extends z.ZodType>(
  words: Words<A>,
  wish: (
    args: z.infer<A>,
    room: Room,
    signal: AbortSignal,
  ) => Promise<{ wish: Wish } | ToolOutcome>,
): WriteTool {
  return {
    kind: "write",
    ...described(words),
    wish: async (raw, room, signal) => {
      const args = words.args.safeParse(raw);
      if (!args.success) return badArguments(args.error);
      return strangerIn(words.name, args.data, room.seen) ?? wish(args.data, room, signal);
    },
  };
}

export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "use YYYY-MM-DD");

export const GoogleId = z
  .string()
  .regex(/^[0-9a-f]{8,17}$/, "use an id from a tool result or the open thread");

export const Skip = z
  .int()
  .min(0)
  .max(499)
  .default(0)
  .describe("How many of the first to leave out: to go on after an earlier result.");

export const Max = z.int().min(1).max(25).default(10);
