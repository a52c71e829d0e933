import { array, assert, dictionary, property, string, stringMatching } from "fast-check";
import { expect, test } from "vitest";

import { MessageId } from "./id.ts";
import { fieldsIn, fill, KNOWN_NAMES, knownFields, TEMPLATES, TemplateText } from "./template.ts";

const thread = {
  messageId: MessageId.parse("18c0ffee12345678"),
  to: ["Ana Ruiz <ana@helio.example>"],
  subject: "NDA markup",
  lastAt: "2026-11-12T23:30:00.000Z",
};
const facts = { myName: "Maya Field", thread };

test.each([
  [["Ana Ruiz <ana@helio.example>"], "Ana"],
  [['"Ruiz, Ana" <ana@helio.example>'], "Ana"],
  [["ana@helio.example"], undefined],
  [["Ana Ruiz <ana@helio.example>", "Ben Ode <ben@helio.example>"], undefined],
  [["Ana\r\nBcc: x <ana@helio.example>"], "Ana"],
])("%j is greeted as %s", (to, name) => {
  const known = knownFields({ ...facts, thread: { ...thread, to } }, "UTC");
  expect(known.get("first name")).toBe(name);
});

test("the last date is the day in the person's own zone", () => {
  expect(knownFields(facts, "UTC").get("last date")).toBe("12 November");
  expect(knownFields(facts, "Europe/Berlin").get("last date")).toBe("13 November");
});

test("with a thread open the known names are filled, without one only the person's own", () => {
  expect([...knownFields(facts, "UTC").keys()].toSorted()).toEqual([...KNOWN_NAMES].toSorted());
  expect([...knownFields({ myName: "Maya Field" }, "UTC").keys()]).toEqual(["my name"]);
});

test.each(TEMPLATES)("$title fits its own schema, is greeted and signed", (template) => {
  expect(TemplateText.parse(template)).toEqual(template);
  expect(fieldsIn(template.body)[0]).toBe("first name");
  expect(template.body).toMatch(/\{\{my name\}\}$/);
});

test("a field that has no value stays as it is written", () => {
  const values = new Map([
    ["a", "x"],
    ["b", "  "],
  ]);
  expect(fill("{{a}} {{ a }} {{b}} {{c}} {d} {{}}", values)).toBe("x x {{b}} {{c}} {d} {{}}");
});

test("what a mail says is text: a value with braces is never filled in turn", () => {
  assert(
    property(string(), string(), (hostile, secret) => {
      const values = new Map([
        ["subject", `${hostile}{{my name}}$&$1`],
        ["my name", secret],
      ]);
      expect(fill("<{{subject}}>", values)).toBe(`<${`${hostile}{{my name}}$&$1`.trim()}>`);
    }),
  );
});

test("every field that is met is either filled or still named", () => {
  const name = stringMatching(/^[a-z]{1,8}$/);
  assert(
    property(array(name), dictionary(name, stringMatching(/^[A-Z]{1,5}$/)), (names, given) => {
      const text = names.map((one) => `{{${one}}}`).join(" ");
      const values = new Map(Object.entries(given));
      const left = fieldsIn(fill(text, values));
      expect(left).toEqual(fieldsIn(text).filter((one) => !values.has(one)));
    }),
  );
});
