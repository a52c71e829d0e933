import { Action } from "@vaultdesk/shared/action.ts";
import type { Origin } from "@vaultdesk/shared/warning.ts";
import { expect, test } from "vitest";

import { allowed } from "./policy.ts";

const file = { name: "nda.pdf", mimeType: "application/pdf", size: 1, sha256: "0".repeat(64) };

function mail(attachments: object[] = []): Action {
  return Action.parse({
    kind: "email.send",
    draftId: "r-1",
    rawSha256: "0".repeat(64),
    content: {
      from: "",
      to: ["ana@helio.example"],
      cc: [],
      bcc: [],
      subject: "",
      text: "",
      attachments,
    },
  });
}

function moving(kind: "mail.label" | "mail.trash", count: number): Action {
  const filed = { from: "", subject: "", date: "", add: [], remove: [] };
  const messages = Array.from({ length: count }, (_, n) => ({
    ...filed,
    messageId: `18aa00000000${String(n).padStart(4, "0")}`,
  }));
  return Action.parse({ kind, messages });
}

function event(kind: "event.create" | "event.cancel"): Action {
  return Action.parse({
    kind,
    eventId: "vd0123456789abcdef0123456789abcdef",
    guestsMailed: true,
    content: {
      title: "Call",
      start: "2027-01-11T13:00:00.000Z",
      end: "2027-01-11T13:30:00.000Z",
      allDay: false,
      timeZone: "UTC",
      guests: ["ana@helio.example"],
      location: "",
      description: "",
      meet: false,
    },
  });
}

const bundle = Action.parse({ kind: "bundle", actions: [mail(), mail([file])] });

test.each<[string, Action, boolean, Origin, "allow" | "warn" | "refuse"]>([
  ["a mail that was asked for", mail(), true, "thread", "allow"],
  ["a mail to a planted address, asked for", mail(), true, "text", "allow"],
  ["a mail that was not asked for", mail(), false, "thread", "warn"],
  ["that, to a planted address", mail(), false, "text", "refuse"],
  ["files to somebody of the thread", mail([file]), true, "thread", "allow"],
  ["files to a planted address", mail([file]), true, "text", "refuse"],
  ["files to an address of the user's", mail([file]), true, "user", "allow"],
  ["a bundle with one such", bundle, true, "text", "refuse"],
  ["an event that was asked for", event("event.create"), true, "result", "allow"],
  ["an event that was not", event("event.create"), false, "result", "warn"],
  ["that, with a planted guest", event("event.create"), false, "text", "refuse"],
  ["a cancellation that was asked for", event("event.cancel"), true, "result", "allow"],
  ["a cancellation that was not", event("event.cancel"), false, "result", "refuse"],
  ["labels that were not asked for", moving("mail.label", 5), false, "result", "warn"],
  ["labels on many mails, not asked for", moving("mail.label", 6), false, "result", "refuse"],
  ["labels on many mails, asked for", moving("mail.label", 90), true, "result", "allow"],
  ["the bin, asked for", moving("mail.trash", 90), true, "result", "allow"],
  ["the bin, not asked for", moving("mail.trash", 1), false, "result", "refuse"],
])("%s", (_, action, asked, origin, verdict) => {
  const judged = [1, 2].map(() => ({ origins: { "ana@helio.example": origin }, warnings: [] }));
  const found = allowed(action, judged, () => asked);
  const what = found.ok ? (found.warnings.flat().length > 0 ? "warn" : "allow") : "refuse";
  expect(what).toBe(verdict);
});
