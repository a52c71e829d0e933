import { canonicalJson } from "@vaultdesk/shared/digest.ts";
import {
  assert,
  constantFrom,
  dictionary,
  integer,
  nat,
  oneof,
  property,
  string,
} from "fast-check";
import { expect, test } from "vitest";

import { parseMove, readMove } from "./move.ts";
import { first, move } from "./testing.ts";

const PLAIN = { ...move(first, "waiting", "approved"), sub: "google-oauth2|1001" };
const text = canonicalJson({ ...PLAIN, facts: { ...PLAIN.facts, approver: "auth0|7", jti: "j1" } });

test("a move is read as the server spells it", () => {
  const told = { approvalId: first, from: "waiting", to: "approved", restored: false };
  expect(readMove(text)).toEqual({ tells: "move", move: told });
});

test.each([
  ["a member said twice", text.replace('"jti":"j1",', '"jti":"j1","jti":"j2",')],
  ["members in another order", text.replace(/("from":"waiting",)("jti":"j1",)/, "$2$1")],
  ["a space", text.replace('"jti":', '"jti": ')],
  ["an escape that needs none", text.replace("j1", "j\\u0031")],
  ["a number spelled longer", text.replace('"j1"', "1.0")],
  ["no end", text.slice(0, -1)],
  ["a comma before the end", `${text.slice(0, -1)},}`],
  ["something after the end", `${text} `],
])("a move with %s is no entry", (_, other) => {
  expect(other).not.toBe(text);
  expect(readMove(other)).toEqual({ tells: "nothing" });
});

const names = constantFrom("askedAt", "conversationId", "from", "to", "restored", "more", "zone");
const values = oneof(
  constantFrom("none", "proposed", "unknown", "Zoë", 'a"b\\', 0, 1, -1, 1.5),
  string(),
);
const cuts = constantFrom(
  "",
  " ",
  ",",
  '"',
  "\\",
  "{",
  "}",
  ":",
  "0",
  "01",
  "\\ud800",
  '"to":"failed",',
  "é",
  "\n",
);

test("whatever the text is, it is read as its parsed value says", () => {
  assert(
    property(
      dictionary(names, values),
      nat(),
      integer({ min: 0, max: 4 }),
      cuts,
      (more, at, gone, put) => {
        const whole = canonicalJson({
          ...PLAIN,
          facts: { ...PLAIN.facts, approver: "auth0|7", ...more },
        });
        const place = at % whole.length;
        const cut = whole.slice(0, place) + put + whole.slice(place + gone);
        for (const each of [whole, cut]) expect(readMove(each)).toEqual(parseMove(each));
      },
    ),
    { numRuns: 1000 },
  );
});
