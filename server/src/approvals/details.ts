import { type StandsFor, standsForWords } from "@vaultdesk/shared/absence.ts";
/**
 * What the phone shows. The binding message holds a verb and the code (64 characters of a tiny alphabet); the content goes into one
 * `authorization_details` object of Auth0's Guardian schema: at most 10 properties of at most 255 characters. Pure.
 * Source: auth0.com/docs/get-started/authentication-and-authorization-flow/client-initiated-backchannel-authentication-flow.
 */
import {
  type Action,
  type Deed,
  type EmailSend,
  type EventUpdate,
  type Filing,
  filingVerb,
} from "@vaultdesk/shared/action.ts";
import type { EventContent } from "@vaultdesk/shared/calendar-event.ts";
import type { Digest } from "@vaultdesk/shared/digest.ts";
import { changesOf, RECREATED, timeOfEvent } from "@vaultdesk/shared/event-words.ts";
import { phoneWords, type Warning } from "@vaultdesk/shared/warning.ts";

export const DETAILS_TYPE = "urn:auth0:schemas:authorization-details:v1:vaultdesk-write";

interface DisplayProperty {
  display: true;
  name: string;
  display_order: number;
  value: string;
}

export interface AuthorizationDetails {
  type: typeof DETAILS_TYPE;
  instruction: string;
  properties: Record<string, DisplayProperty | { display: false; value: string }>;
  readonly [key: string]: unknown;
}

const LIMIT = 255;
/** Leaves room for the longest instruction. */
const ASKER = 190;

const VERBS: Readonly<Record<Action["kind"], string>> = {
  "email.send": "Send-this-mail",
  "event.create": "Schedule-this-event",
  "event.update": "Change-this-event",
  "event.cancel": "Cancel-this-event",
  "mail.label": "Change-labels",
  "mail.trash": "Move-to-bin",
  "mail.untrash": "Take-out-of-bin",
  bundle: "Send-these-mails",
};

/** Only `A-Z a-z 0-9 + - _ . , : #` pass; mail text and addresses never stand here. */
export function bindingMessage(action: Action, code: string): string {
  return `${VERBS[action.kind]}:${code}`;
}

// Bidirectional overrides and invisible characters could make the phone show another address than the one that gets the mail.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

function shown(text: string): string {
  const clean = text.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim();
  return clean.length <= LIMIT ? clean : `${clean.slice(0, LIMIT - 1)}…`;
}

/** As many whole addresses as fit, and how many more there are. */
function people(list: readonly string[]): string {
  const clean = list.map(shown);
  let text = "";
  for (const [index, entry] of clean.entries()) {
    const rest = clean.length - index;
    const tail = rest > 1 ? ` and ${rest - 1} more` : "";
    const next = text === "" ? entry : `${text}, ${entry}`;
    if (next.length + tail.length > LIMIT) return `${text} and ${rest} more`.trim();
    text = next;
  }
  return text;
}

type Warnings = readonly Warning[];
type Row = [key: string, name: string, value: string];

function mailRows({ content }: EmailSend): Row[] {
  return [
    ["to", "To", people(content.to)],
    ["cc", "Cc", people(content.cc)],
    ["bcc", "Bcc", people(content.bcc)],
    ["subject", "Subject", shown(content.subject === "" ? "(no subject)" : content.subject)],
    ["text", "Text", shown(content.text)],
    ["attachments", "Attachments", people(content.attachments.map((file) => file.name))],
    ["from", "From", shown(content.from)],
  ];
}

const BUNDLE_WARNING = 140;

/**
 * Two lines a mail: who gets it, then what to be careful of and what it says. Copies stand with the recipients, so that none is left out.
 */
function bundleRows(actions: readonly EmailSend[], warnings: readonly Warnings[]): Row[] {
  return actions.flatMap(({ content }, index): Row[] => {
    const careful = phoneWords(warnings[index] ?? [], BUNDLE_WARNING);
    const number = String(index + 1);
    const copies = [...content.cc, ...content.bcc];
    const files = content.attachments.length;
    const what = [content.subject === "" ? "(no subject)" : content.subject, content.text];
    const attached = files === 0 ? "" : `[${files} attached] `;
    return [
      [`to_${number}`, `Mail ${number} to`, people([...content.to, ...copies])],
      [
        `mail_${number}`,
        `Mail ${number}`,
        shown(`${careful === "" ? "" : `Careful: ${careful}. `}${attached}${what.join(": ")}`),
      ],
    ];
  });
}

function eventRows(content: EventContent, guestsMailed: boolean): Row[] {
  const guests = people(content.guests);
  return [
    ["event", "Event", shown(content.title === "" ? "(no title)" : content.title)],
    ["when", "When", timeOfEvent(content)],
    ["guests", guestsMailed ? "Guests, mailed by Google" : "Guests, not mailed", guests],
    ["place", "Place", shown([content.location, content.meet ? "Google Meet" : ""].join(" "))],
    ["text", "Description", shown(content.description)],
  ];
}

function updateRows({ before, content, guestsMailed }: EventUpdate): Row[] {
  const was = timeOfEvent(before);
  const changed = changesOf(before, content);
  return [
    ...eventRows(content, guestsMailed),
    ["was", "Was", was === timeOfEvent(content) ? "" : was],
    ["changes", "Changes", changed.join(", ")],
  ];
}

/** How many, then as many of them as fit. */
function filingRows(filing: Filing): Row[] {
  const { messages } = filing;
  const names = messages.map(({ from, subject }) => `${subject || "(no subject)"} (${from})`);
  return [
    ["what", "What", shown(filingVerb(filing))],
    ["count", "How many", messages.length === 1 ? "1 mail" : `${messages.length} mails`],
    ["mails", "Mails", people(names)],
  ];
}

function rowsOf(deed: Deed): Row[] {
  switch (deed.kind) {
    case "email.send":
      return mailRows(deed);
    case "event.create": {
      const rows = eventRows(deed.content, deed.guestsMailed);
      return deed.recreates === true ? [...rows, ["note", "Note", RECREATED]] : rows;
    }
    case "event.cancel":
      return eventRows(deed.content, deed.guestsMailed);
    case "event.update":
      return updateRows(deed);
    case "mail.label":
    case "mail.trash":
    case "mail.untrash":
      return filingRows(deed);
  }
}

/** Who asks, and for whom where they stand in; that is left out where an address is too long for both. */
export function askerWords(
  { who, standsFor }: { who: string; standsFor?: StandsFor | undefined },
  now: Date,
): string {
  const plain = `${who} asks you`;
  const full = standsFor === undefined ? plain : `${plain}, ${standsForWords(standsFor, now)}`;
  return full.length > ASKER ? plain : full;
}

const INSTRUCTIONS: Readonly<Record<Deed["kind"], string>> = {
  "email.send": "Approve sending this mail",
  "event.create": "Approve scheduling this event",
  "event.update": "Approve changing this event",
  "event.cancel": "Approve cancelling this event",
  "mail.label": "Approve changing these labels",
  "mail.trash": "Approve moving this mail to the bin",
  "mail.untrash": "Approve taking this mail out of the bin",
};

export function authorizationDetails(
  action: Action,
  code: string,
  digest: Digest,
  /** Of each deed. */
  warnings: readonly Warnings[] = [],
  /** Of `askerWords`, where somebody else is asked. The ten properties are taken: it stands in the instruction. */
  asker?: string,
): AuthorizationDetails {
  const rows: Row[] =
    action.kind === "bundle"
      ? [["code", "Code", code], ...bundleRows(action.actions, warnings)]
      : [
          ["code", "Code", code],
          ["careful", "Careful", shown(phoneWords(warnings.flat(), LIMIT))],
          ...rowsOf(action),
        ];
  const properties: AuthorizationDetails["properties"] = {};
  for (const [index, [key, name, value]] of rows.filter((row) => row[2] !== "").entries()) {
    properties[key] = { display: true, name, display_order: index + 1, value };
  }
  properties["digest"] = { display: false, value: digest };
  const instruction =
    action.kind === "bundle"
      ? `Approve sending these ${action.actions.length} mails, in this order`
      : INSTRUCTIONS[action.kind];
  return {
    type: DETAILS_TYPE,
    instruction: asker === undefined ? instruction : shown(`${asker}: ${instruction}`),
    properties,
  };
}
