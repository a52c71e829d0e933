import type { EmailSend } from "@vaultdesk/shared/action.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { DraftId } from "@vaultdesk/shared/id.ts";
import { array, assert, asyncProperty, string } from "fast-check";
import { expect, test } from "vitest";

import { authorizationDetails, bindingMessage } from "./details.ts";

function sending(change: Partial<EmailSend["content"]> = {}): EmailSend {
  return {
    kind: "email.send",
    draftId: DraftId.parse("r-1"),
    rawSha256: "0".repeat(64),
    content: {
      from: "Maya Field <maya@northgate.example>",
      to: ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
      cc: [],
      bcc: [],
      subject: "Re: NDA markup",
      text: "Hello Ana",
      attachments: [],
      ...change,
    },
  };
}

async function shown(action: EmailSend) {
  return authorizationDetails(action, "7F3K-9Q2M", await digestOf(action));
}

test("the binding message keeps to Auth0's 64 characters and small alphabet", () => {
  expect(bindingMessage(sending(), "7F3K-9Q2M")).toMatch(/^[A-Za-z0-9+\-_.,:#]{1,64}$/);
});

test("the phone shows recipients, subject and text in order, and carries the digest unseen", async () => {
  const details = await shown(sending({ bcc: ["hidden@helio-capital.example"] }));
  const rows = Object.values(details.properties).flatMap((p) => (p.display ? [p.name] : []));
  expect(rows).toEqual(["Code", "To", "Bcc", "Subject", "Text", "From"]);
  expect(details.properties["digest"]).toEqual({
    display: false,
    value: await digestOf(sending({ bcc: ["hidden@helio-capital.example"] })),
  });
});

test("a bidirectional override can't turn an address around on the phone", async () => {
  const details = await shown(sending({ to: ["\u202Emoc.live@ana\u202C <ana@helio.example>"] }));
  expect(JSON.stringify(details)).not.toMatch(/[\u202A-\u202E]/u);
});

test("any content fits the Guardian schema's limits", async () => {
  await assert(
    asyncProperty(
      array(string({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 60 }),
      string({ maxLength: 2000 }),
      async (to, text) => {
        const { properties } = await shown(sending({ to, text, subject: text }));
        expect(Object.keys(properties).length).toBeLessThanOrEqual(10);
        for (const shownProperty of Object.values(properties)) {
          expect(shownProperty.value.length).toBeLessThanOrEqual(255);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a long list says how many more there are", async () => {
  const to = Array.from({ length: 190 }, (_, i) => `person-${i}@example.com`);
  const value = (await shown(sending({ to }))).properties["to"]?.value ?? "";
  const named = value.split(",").length;
  expect(value).toContain(` and ${190 - named} more`);
});
