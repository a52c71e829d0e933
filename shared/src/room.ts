/** A deal room as its members see it. What a room holds is knowledge about threads, never mail text. */
import { z } from "zod";

import { Absence } from "./absence.ts";
import { EyesRules } from "./four-eyes.ts";
import { DocumentId, LinkId, MemberId, MessageId, RoomId } from "./id.ts";
import { Known } from "./known.ts";
import { Line } from "./line.ts";
import { Reach, RoleName, Roles } from "./role.ts";
import { ToolName } from "./scope.ts";
import { Tier, Tightened } from "./tier.ts";
import { Milestone } from "./tracker.ts";

export const Stage = z.enum(["teaser", "nda", "cim", "loi", "diligence", "signing", "closing"]);
export type Stage = z.infer<typeof Stage>;

export const Side = z.enum(["own", "counterparty", "adviser"]);
export type Side = z.infer<typeof Side>;

export const Address = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\]+$/u);

export const CircleEntry = z.strictObject({
  who: Known,
  side: Side,
  /** Whose it is: lines with one name are one counterparty. Without, the line is one of its own. */
  party: Line(60).optional(),
});
export type CircleEntry = z.infer<typeof CircleEntry>;

/** With a milestone: until when each counterparty should reach it. */
const KeyDate = z.strictObject({
  day: z.iso.date(),
  what: Line(80),
  milestone: Milestone.optional(),
});

export const CodeName = Line(60);

/** A wall between deals: rooms that name the same wall and another side of it never learn of one another. */
const Wall = z.strictObject({ name: Line(60), side: Line(60) });
export type Wall = z.infer<typeof Wall>;

export const RoomDetails = z.strictObject({
  codeName: CodeName,
  stage: Stage,
  circle: z.array(CircleEntry).max(100),
  dates: z.array(KeyDate).max(30),
  wall: Wall.optional(),
  /** Of each member's own Gmail: mail that has it is offered for the room, and joins it where VaultDesk put it on. */
  label: Line(100).optional(),
});
export type RoomDetails = z.infer<typeof RoomDetails>;

export const Member = z.object({
  id: MemberId,
  address: z.string(),
  role: RoleName,
  /** An invitation is nothing until its address signs in. */
  state: z.enum(["invited", "joined"]),
  you: z.boolean(),
  /** While it holds. */
  away: Absence.optional(),
});
export type Member = z.infer<typeof Member>;

export const RoomLink = z.object({ id: LinkId, title: z.string(), addedAt: z.iso.datetime() });
export type RoomLink = z.infer<typeof RoomLink>;

/** Known by its content, whatever it is called. */
export const RoomDocument = z.object({
  id: DocumentId,
  /** The name of the file that was marked. */
  title: z.string(),
  tier: Tier,
  addedAt: z.iso.datetime(),
});
export type RoomDocument = z.infer<typeof RoomDocument>;

export const RoomState = z.enum(["open", "closed"]);
export type RoomState = z.infer<typeof RoomState>;

export const RoomView = z.object({
  id: RoomId,
  /** Of what was shown: a change names it, and fits no other. */
  version: z.int(),
  state: RoomState,
  details: RoomDetails,
  roles: Roles,
  /** What the room adds to the rules that hold in every one. */
  rules: EyesRules,
  members: z.array(Member),
  /** The newest first, at most 200. */
  threads: z.array(RoomLink),
  threadCount: z.int(),
  /** What the room takes away from who gets which documents everywhere. */
  tiers: Tightened,
  /** The newest first, at most 200. */
  documents: z.array(RoomDocument),
  yours: RoleName,
});
export type RoomView = z.infer<typeof RoomView>;

export const RoomRow = z.object({
  id: RoomId,
  codeName: z.string(),
  stage: Stage,
  state: RoomState,
  yours: RoleName,
  members: z.int(),
  threads: z.int(),
});
export type RoomRow = z.infer<typeof RoomRow>;

/** Where the open thread stands. */
export const ThreadPlace = z.object({
  /** Rooms of the caller that have it; more than one only where members put it there. */
  rooms: z.array(
    z.object({
      id: RoomId,
      codeName: z.string(),
      stage: Stage,
      yours: RoleName,
      /** What the role leaves on this thread. */
      tools: z.array(ToolName),
      reach: Reach,
      linkId: LinkId,
      mayRemove: z.boolean(),
    }),
  ),
  /** Of the caller's open rooms without it, the likely ones first. */
  others: z.array(
    z.object({
      id: RoomId,
      codeName: z.string(),
      /** Why it may belong there; absent for one that nothing points to. */
      why: z.string().optional(),
    }),
  ),
});
export type ThreadPlace = z.infer<typeof ThreadPlace>;

/** A file of the open thread, as the caller's own mailbox has it. */
export const ThreadFile = z.object({
  messageId: MessageId,
  /** From 1, in the order of the message. */
  number: z.int().positive(),
  filename: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Of the message. */
  from: z.string(),
  date: z.string(),
  /** Rooms where this very file was marked; the same content elsewhere is found once it is marked there too. */
  marks: z.array(z.object({ roomId: RoomId, documentId: DocumentId, tier: Tier })),
  /** What its name speaks for. */
  suggested: Tier.optional(),
});
export type ThreadFile = z.infer<typeof ThreadFile>;
