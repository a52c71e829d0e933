import { describe, expect, test } from "vitest";

import { addressOf, displayName, splitMailboxes } from "./address.ts";

describe("typed recipients", () => {
  test.each([
    ["", []],
    [" , ;", []],
    ["a@x.example", ["a@x.example"]],
    ["a@x.example, b@x.example;c@x.example", ["a@x.example", "b@x.example", "c@x.example"]],
    ['"Ruiz, Ana" <a@x.example>, b@x.example', ['"Ruiz, Ana" <a@x.example>', "b@x.example"]],
    ["a@x.example\nb@x.example", ["a@x.example", "b@x.example"]],
  ])("%j", (typed, mailboxes) => {
    expect(splitMailboxes(typed)).toEqual(mailboxes);
  });
});

describe("a mailbox's name and address", () => {
  test.each([
    ["Ana Ruiz <ana@x.example>", "Ana Ruiz", "ana@x.example"],
    ['"Ruiz, Ana" <ana@x.example>', "Ruiz, Ana", "ana@x.example"],
    ["ana@x.example", "ana@x.example", "ana@x.example"],
    // A name that pretends to be an address does not replace the address.
    ["boss@northgate.example <eve@evil.example>", "boss@northgate.example", "eve@evil.example"],
  ])("%s", (mailbox, name, address) => {
    expect(displayName(mailbox)).toBe(name);
    expect(addressOf(mailbox)).toBe(address);
  });
});
