import { DraftContent } from "@vaultdesk/shared/draft.ts";
import { ThreadId } from "@vaultdesk/shared/id.ts";
import { expect, test } from "vitest";

import { type Dossier, editedBy, judgeGuests, judgeMail, type Standing } from "./dossier.ts";

const ANA = "ana.ruiz@helio-capital.example";
const EVE = "eve@evil.example";

function mail(change: Partial<DraftContent> = {}): DraftContent {
  return DraftContent.parse({
    from: "Maya Field <maya@northgate.example>",
    to: [`Ana Ruiz <${ANA}>`],
    cc: [],
    bcc: [],
    subject: "NDA",
    text: "Hello",
    attachments: [],
    ...change,
  });
}

function knowing(people: Record<string, Standing>, notes: Dossier["notes"] = []): Dossier {
  return { people, own: ["maya@northgate.example"], notes };
}

const KNOWN: Standing = { origin: "thread", met: "address" };
const kinds = (content: DraftContent, dossier: Dossier) =>
  judgeMail(content, dossier).warnings.map(({ kind }) => kind);

const threadId = ThreadId.parse("189af729deca2ec0");

test.each<[string, Partial<DraftContent>, Record<string, Standing>, string[]]>([
  ["known and in the thread", {}, { [ANA]: KNOWN }, []],
  ["the user's own colleague", {}, { [ANA]: { origin: "user", met: "own" } }, []],
  ["a new address", {}, { [ANA]: { origin: "user", met: "domain" } }, ["first_time_address"]],
  ["a new domain", {}, { [ANA]: { origin: "user", met: "never" } }, ["first_time_domain"]],
  ["nobody could look", {}, { [ANA]: { origin: "user", met: "unknown" } }, ["not_looked_up"]],
  ["nobody looked at all", {}, {}, ["not_looked_up"]],
  [
    "planted by a mail",
    {},
    { [ANA]: { origin: "text", met: "never" } },
    ["from_mail_text_only", "first_time_domain"],
  ],
  [
    "from another mail than the thread's",
    { threadId },
    { [ANA]: { origin: "result", met: "address" } },
    ["not_in_this_thread"],
  ],
  [
    "the user put them into the thread",
    { threadId },
    { [ANA]: { origin: "user", met: "address" } },
    [],
  ],
  [
    "a tag after a plus sign",
    { to: ["ana+pay@helio-capital.example"] },
    { "ana+pay@helio-capital.example": KNOWN },
    ["plus_address"],
  ],
  [
    "a name that is another address",
    { to: [`"${ANA}" <${EVE}>`] },
    { [EVE]: { origin: "user", met: "address" } },
    ["display_name_spoof"],
  ],
  [
    "a name turned around",
    { to: [`"Ana \u202Eziur" <${ANA}>`] },
    { [ANA]: KNOWN },
    ["bidi_or_invisible"],
  ],
  [
    "a Cyrillic letter in a Latin domain",
    { to: ["ana@heli\u043e-capital.example"] },
    { "ana@heli\u043e-capital.example": KNOWN },
    ["homograph"],
  ],
])("%s", (_, change, people, warned) => {
  expect(kinds(mail(change), knowing(people))).toEqual(warned);
});

test("many recipients are counted, over To, Cc and Bcc", () => {
  const cc = Array.from({ length: 9 }, (_, n) => `p${n}@helio-capital.example`);
  const people = Object.fromEntries([ANA, ...cc].map((address) => [address, KNOWN]));
  expect(judgeMail(mail({ cc: cc.slice(2), bcc: cc.slice(0, 2) }), knowing(people))).toMatchObject({
    warnings: [{ kind: "reply_all_many", about: "10" }],
  });
});

test("a note about an address or a text stays while that stands there", () => {
  const notes: Dossier["notes"] = [
    { kind: "reply_to_differs", about: EVE, of: ANA },
    { kind: "bank_details", about: "DE89 3704" },
  ];
  const dossier = knowing({ [ANA]: KNOWN, [EVE]: KNOWN }, notes);
  expect(kinds(mail({ to: [EVE], text: "Pay DE89 3704" }), dossier)).toEqual([
    "bank_details",
    "reply_to_differs",
  ]);
  expect(kinds(mail(), dossier)).toEqual([]);
});

test("an address that the person types is theirs, even one that a mail had planted", () => {
  const planted = knowing({ [EVE]: { origin: "text", met: "never" }, [ANA]: KNOWN });
  const before = mail({ to: [EVE] });
  expect(editedBy(planted, before, before)?.people).toHaveProperty([EVE]);
  expect(editedBy(planted, mail(), before)?.people).not.toHaveProperty([EVE]);
});

test("guests are judged like recipients", () => {
  const dossier = knowing({ [EVE]: { origin: "text", met: "never" } });
  expect(judgeGuests([EVE], dossier)).toEqual({
    origins: { [EVE]: "text" },
    warnings: [
      { kind: "from_mail_text_only", about: EVE },
      { kind: "first_time_domain", about: "evil.example" },
    ],
  });
});
