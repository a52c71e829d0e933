import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";

import { lookAlike, posesAs, skeleton, strangeLetters } from "./lookalike.ts";

const KNOWN = ["helio-capital.com", "northgate.co.uk", "kirkland.com", "gmail.com", "db.com"];

test.each([
  ["helio-capital.co", "another ending"],
  ["helio-capital.com.evil.net", "the known one in front"],
  ["heliocapital.com", "without the hyphen"],
  ["helio-capitai.com", "i for l"],
  ["helio-capita1.com", "1 for l"],
  ["hello-capital.com", "l for i"],
  ["heli0-capital.com", "0 for o"],
  ["helio-capital-payments.com", "with a word more"],
  ["secure.heliocapital.evil.net", "the name in a subdomain"],
  ["helio-captial.com", "two letters changed places"],
  ["helio-capitall.com", "a letter more"],
  ["helo-capital.com", "a letter less"],
  ["xn--heli-capital-7fk.com", "Cyrillic o, as it travels"],
  ["h\u0435lio-capital.com", "Cyrillic e"],
])("%s is not helio-capital.com: %s", (host) => {
  expect(lookAlike(host, KNOWN)).toBe("helio-capital.com");
});

test.each([
  ["n0rthgate.co.uk", "northgate.co.uk"],
  ["northgate.uk", "northgate.co.uk"],
  ["kirk1and.com", "kirkland.com"],
  ["kirldand.com", undefined],
  ["grnail.com", "gmail.com"],
  ["gmai1.com", "gmail.com"],
  ["db.de", undefined],
  ["helio-capital.com", undefined],
  ["mail.helio-capital.com", undefined],
  ["northgate.co.uk", undefined],
  ["example.com", undefined],
  ["capital.com", undefined],
  ["hotmail.com", undefined],
  ["orion-partners.com", undefined],
])("%s looks like %s", (host, like) => {
  expect(lookAlike(host, KNOWN)).toBe(like);
});

const PEOPLE = [
  { name: "Ana Ruiz", address: "ana.ruiz@helio-capital.com" },
  { name: "", address: "tom@northgate.co.uk" },
];

test.each([
  [{ name: "Ana Ruiz", address: "eve@evil.example" }, true],
  [{ name: "Ruiz, Ana", address: "eve@evil.example" }, true],
  [{ name: "\u0410na Ru\u00edz", address: "eve@evil.example" }, true],
  [{ name: "", address: "ana.ruiz@gmail.com" }, true],
  [{ name: "", address: "ana.riuz@helio-capital.com" }, true],
  [{ name: "Ana", address: "ana@caterer.example" }, false],
  [{ name: "Ana Lopez", address: "ana.lopez@helio-capital.com" }, false],
  [{ name: "Tom", address: "tom@other.example" }, false],
  [{ name: "Ana Ruiz", address: "ana.ruiz@helio-capital.com" }, false],
])("%j poses as Ana Ruiz: %s", (party, poses) => {
  expect(posesAs(party, PEOPLE)).toBe(poses ? "ana.ruiz@helio-capital.com" : undefined);
});

test.each([
  ["Ana Ruiz", "ana@helio.example", undefined],
  ["Zo\u00eb Mei\u00dfner", "z@x.example", undefined],
  [
    "\u0418\u0432\u0430\u043d \u0414\u0438\u043c\u0438\u0442\u0440\u043e\u0432",
    "ivan@x.example",
    undefined,
  ],
  ["\u5f20\u4f1f", "zhang@x.example", undefined],
  ["\u0410na Ruiz", "ana@helio.example", "homograph"],
  ["", "ana@hel\u0456o.example", "homograph"],
  ["", "\u0440\u0430\u0443@x.example", "homograph"],
  ["", "ana@\u0441\u043e\u0441\u043e.example", "homograph"],
  ["", "ana@xn--heli-capital-7fk.com", "homograph"],
  ["", "ivan@\u043f\u043e\u0447\u0442\u0430\u0434\u0436.example", undefined],
  ["", "ana\u200b@x.example", "bidi_or_invisible"],
  ["\u202Emoc.x@ana", "ana@x.example", "bidi_or_invisible"],
  ["", "ana\u{E0061}@x.example", "bidi_or_invisible"],
  ["Ana\u3164", "ana@x.example", "bidi_or_invisible"],
])("%s <%s> has strange letters: %s", (name, address, kind) => {
  expect(strangeLetters({ name, address })).toBe(kind);
});

test("a skeleton stays itself, and a known domain is never its own double", () => {
  assert(
    property(string({ unit: "grapheme" }), constantFrom(...KNOWN), (text, known) => {
      expect(skeleton(skeleton(text))).toBe(skeleton(skeleton(skeleton(text))));
      expect(lookAlike(known, KNOWN)).toBeUndefined();
    }),
  );
});
