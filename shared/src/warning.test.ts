import { constantFrom, array, assert, property, record, string } from "fast-check";
import { expect, test } from "vitest";

import { cardWords, phoneWords, Warning, worstFirst } from "./warning.ts";

const KINDS = Warning.options.map((option) => option.shape.kind.value);
const some = array(
  record({ kind: constantFrom(...KINDS), about: string({ maxLength: 400 }), of: string() }),
  { maxLength: 30 },
).map((list) => list.map((one) => Warning.parse(one)));

test.each(KINDS)("%s names what it is about, on the card and on the phone", (kind) => {
  const warning = Warning.parse({ kind, about: "eve@evil.example", of: "helio.example" });
  expect(cardWords(warning)).toContain("eve@evil.example");
  expect(cardWords(warning)).toMatch(/[.:]|example$/);
  expect(phoneWords([warning], 255)).toContain("eve@evil.example");
});

test("the worst stands first, and what does not fit is counted", () => {
  const mild = Array.from({ length: 30 }, (_, n) =>
    Warning.parse({ kind: "first_time_address", about: `p${n}@x.example` }),
  );
  const words = phoneWords(
    [...mild, { kind: "from_mail_text_only", about: "e@evil.example" }],
    255,
  );
  expect(words).toMatch(/^named only in a mail's text: e@evil\.example; first to/);
  const named = words.split("; ").length - 1;
  expect(words).toMatch(new RegExp(`; ${31 - named} more$`));
});

test("an invisible character is shown as a dot", () => {
  const warning: Warning = { kind: "bidi_or_invisible", about: "a\u202Eb@x.example" };
  expect(cardWords(warning)).toContain("a·b@x.example");
});

test("the phone's words never exceed their limit and never leave out the worst", () => {
  assert(
    property(some, (warnings) => {
      const words = phoneWords(warnings, 255);
      expect(words.length).toBeLessThanOrEqual(255);
      const worst = phoneWords(worstFirst(warnings).slice(0, 1), 255);
      expect(words).toContain(worst.slice(0, 100));
      expect(worstFirst(worstFirst(warnings))).toEqual(worstFirst(warnings));
    }),
  );
});
