/** Addresses without what is in them: a path of ours or of Google's as its template, from closed lists. Pure. */
import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "other";

/** A path of `shared/api.ts` with its `:names`, or `other`. */
export type RouteTemplate = string & { readonly __template: true };

const METHODS: ReadonlySet<string> = new Set<Method>([
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);

function isMethod(text: string): text is Method {
  return METHODS.has(text);
}

export function methodOf(text: string): Method {
  return isMethod(text) ? text : "other";
}

const PATHS: ReadonlySet<string> = new Set([
  ...Object.values(routes).map(({ path }) => path),
  EVENTS_PATH,
  "/health",
  "/healthz",
  "/readyz",
  "other",
]);

function isTemplate(path: string): path is RouteTemplate {
  return PATHS.has(path);
}

/** `path` as it was registered, from the router. */
export function routeTemplate(path: string): RouteTemplate {
  return isTemplate(path) ? path : routeTemplate("other");
}

const GOOGLE = [
  "gmail.profile",
  "gmail.messages",
  "gmail.message",
  "gmail.message.trash",
  "gmail.message.untrash",
  "gmail.messages.batchModify",
  "gmail.attachment",
  "gmail.threads",
  "gmail.thread",
  "gmail.thread.modify",
  "gmail.drafts",
  "gmail.draft",
  "gmail.drafts.send",
  "gmail.labels",
  "gmail.label",
  "gmail.settings",
  "calendar.events",
  "calendar.event",
  "calendar.freeBusy",
  "calendar.calendar",
  "calendar.settings",
  "other",
] as const;
type Place = (typeof GOOGLE)[number];

export type GoogleCall = `${Method} ${Place}`;

/** Each id is one segment. developers.google.com/workspace/gmail/api/reference/rest, .../calendar/api/v3/reference. */
const PLACES: readonly (readonly [RegExp, Place])[] = [
  [/^users\/[^/]+\/profile$/, "gmail.profile"],
  [/^users\/[^/]+\/messages$/, "gmail.messages"],
  [/^users\/[^/]+\/messages\/batchModify$/, "gmail.messages.batchModify"],
  [/^users\/[^/]+\/messages\/[^/]+$/, "gmail.message"],
  [/^users\/[^/]+\/messages\/[^/]+\/trash$/, "gmail.message.trash"],
  [/^users\/[^/]+\/messages\/[^/]+\/untrash$/, "gmail.message.untrash"],
  [/^users\/[^/]+\/messages\/[^/]+\/attachments\/[^/]+$/, "gmail.attachment"],
  [/^users\/[^/]+\/threads$/, "gmail.threads"],
  [/^users\/[^/]+\/threads\/[^/]+$/, "gmail.thread"],
  [/^users\/[^/]+\/threads\/[^/]+\/modify$/, "gmail.thread.modify"],
  [/^users\/[^/]+\/drafts$/, "gmail.drafts"],
  [/^users\/[^/]+\/drafts\/send$/, "gmail.drafts.send"],
  [/^users\/[^/]+\/drafts\/[^/]+$/, "gmail.draft"],
  [/^users\/[^/]+\/labels$/, "gmail.labels"],
  [/^users\/[^/]+\/labels\/[^/]+$/, "gmail.label"],
  [/^users\/[^/]+\/settings\//, "gmail.settings"],
  [/^calendars\/[^/]+\/events$/, "calendar.events"],
  [/^calendars\/[^/]+\/events\/[^/]+$/, "calendar.event"],
  [/^calendars\/[^/]+$/, "calendar.calendar"],
  [/^freeBusy$/, "calendar.freeBusy"],
  [/^users\/[^/]+\/calendarList\/[^/]+$/, "calendar.calendar"],
  [/^users\/[^/]+\/settings$/, "calendar.settings"],
];

/** Of an address at Google, whatever its root. */
export function googleCall(method: string, url: URL): GoogleCall {
  const path = /\/(?:gmail\/v1|calendar\/v3)\/(.*)$/.exec(url.pathname)?.[1] ?? "";
  const place = PLACES.find(([form]) => form.test(path))?.[1] ?? "other";
  return `${methodOf(method.toUpperCase())} ${place}`;
}
