/** What a change makes of an event: bodies, conferences and a guest's answer. */
import { randomBytes } from "node:crypto";

import { z } from "zod";

import {
  type Calendar,
  eventResource,
  type Fields,
  type Meeting,
  patched,
  provenFields,
} from "./calendar-store.ts";
import { calendarError, notBuilt } from "./errors.ts";
import type { Call } from "./request.ts";

const SERVER_OWNED = new Set([
  "kind",
  "etag",
  "id",
  "htmlLink",
  "created",
  "updated",
  "creator",
  "organizer",
  "iCalUID",
  "sequence",
  "hangoutLink",
  "eventType",
]);
const SHARED = ["summary", "description", "location", "start", "end", "status", "conferenceData"];
const OWN = ["reminders", "colorId", "transparency", "visibility"];

const Conference = z.looseObject({
  createRequest: z.looseObject({ requestId: z.string().min(1) }).optional(),
  entryPoints: z.array(z.looseObject({ uri: z.string() })).optional(),
});
const Answer = z.object({
  attendees: z
    .array(z.looseObject({ email: z.string(), responseStatus: z.string().optional() }))
    .default([]),
});

/** A request for a conference is answered at once, by one Meet link that later changes keep. */
function conferenceOf(data: unknown): object {
  if (data === undefined) return { hangoutLink: undefined };
  const parsed = Conference.safeParse(data);
  if (!parsed.success) throw calendarError(400, "Invalid conference data.", "invalid");
  const { createRequest, entryPoints } = parsed.data;
  if (createRequest === undefined || entryPoints !== undefined)
    return { conferenceData: parsed.data, hangoutLink: entryPoints?.[0]?.uri };
  const letters = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26)));
  const conferenceId = letters.join("").replace(/^(...)(....)(...)$/, "$1-$2-$3");
  const uri = `https://meet.google.com/${conferenceId}`;
  return {
    conferenceData: {
      ...parsed.data,
      createRequest: { ...createRequest, status: { statusCode: "success" } },
      entryPoints: [{ entryPointType: "video", uri, label: `meet.google.com/${conferenceId}` }],
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      conferenceId,
    },
    hangoutLink: uri,
  };
}

/** What a caller may write. Without conferenceDataVersion=1 Google ignores conference data. */
function written(call: Call): Record<string, unknown> {
  const body = z.record(z.string(), z.unknown()).safeParse(call.body).data ?? {};
  const conference = call.query.get("conferenceDataVersion") === "1";
  return Object.fromEntries(
    Object.entries(body).filter(
      ([key]) => !SERVER_OWNED.has(key) && (conference || key !== "conferenceData"),
    ),
  );
}

function settled(old: object, call: Call, zone: string): Fields {
  const fields = provenFields(patched(old, written(call)), zone);
  return { ...fields, ...conferenceOf(fields["conferenceData"]) };
}

export function newFields(call: Call, zone: string): Fields {
  return settled({}, call, zone);
}

export function sendUpdatesOf({ query }: Call): string {
  const old = query.get("sendNotifications") === "true" ? "all" : "none";
  const value = query.get("sendUpdates") ?? old;
  if (!["all", "externalOnly", "none"].includes(value))
    throw calendarError(400, `Invalid value for sendUpdates: ${value}`, "invalidParameter");
  return value;
}

export function mayChange(calendar: Calendar, { organizer, fields }: Meeting): boolean {
  return organizer === calendar.email || fields.guestsCanModify;
}

export function changedFields(
  call: Call,
  calendar: Calendar,
  meeting: Meeting,
  how: "patch" | "update",
): Fields {
  const { fields } = meeting;
  if (!mayChange(calendar, meeting)) return answered(calendar, meeting, written(call));
  if (how === "patch") return settled(fields, call, calendar.timeZone);
  const conference =
    call.query.get("conferenceDataVersion") === "1"
      ? {}
      : patched({}, { conferenceData: fields["conferenceData"] });
  return settled(conference, call, calendar.timeZone);
}

export function answerOf(calendar: Calendar, { fields }: Meeting, responseStatus: string): Fields {
  const attendees = fields.attendees.map((one) =>
    one.email === calendar.email ? { ...one, responseStatus } : one,
  );
  return provenFields({ ...fields, attendees }, calendar.timeZone);
}

/** A guest changes their own answer and nothing that is shared. */
function answered(calendar: Calendar, meeting: Meeting, body: Record<string, unknown>): Fields {
  const shown = eventResource(calendar, meeting);
  const differs = (key: string) =>
    body[key] !== undefined && JSON.stringify(body[key]) !== JSON.stringify(shown[key]);
  if (SHARED.some(differs))
    throw calendarError(
      403,
      "Shared properties can only be changed by the organizer of the event.",
      "forbiddenForNonOrganizer",
    );
  if (OWN.some(differs)) throw notBuilt("A guest's own properties are a part of events");
  const answer = Answer.safeParse(body);
  if (!answer.success) throw calendarError(400, "Invalid attendees.", "invalid");
  const own = answer.data.attendees.find((one) => one.email.toLowerCase() === calendar.email);
  return own?.responseStatus === undefined
    ? meeting.fields
    : answerOf(calendar, meeting, own.responseStatus);
}
