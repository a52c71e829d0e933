import { expect, test } from "vitest";

import { charsetOf, decodeText } from "./charset.ts";

const bytes = (...list: number[]) => Uint8Array.from(list);

test.each<[string, Uint8Array, string, string]>([
  ["UTF-8", Buffer.from("Größe"), "text/plain; charset=utf-8", "Größe"],
  [
    "UTF-8 that calls itself Latin",
    Buffer.from("Größe"),
    "text/plain; charset=iso-8859-1",
    "Größe",
  ],
  ["Latin", bytes(0x47, 0x72, 0xf6, 0xdf, 0x65), 'text/plain; charset="ISO-8859-1"', "Größe"],
  ["Windows", bytes(0x93, 0x61, 0x94), "text/plain; charset=windows-1252", "“a”"],
  ["undeclared", bytes(0x93, 0x61, 0x94), "text/plain", "“a”"],
  ["a charset that nobody knows", bytes(0x61, 0xe9), "text/plain; charset=x-broken", "aé"],
  [
    "ISO-2022-JP",
    bytes(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42),
    "text/plain; charset=ISO-2022-JP",
    "日本",
  ],
  ["GB18030", bytes(0xd6, 0xd0), "text/plain; charset=gb18030", "中"],
  ["cut in the middle of a letter", bytes(0x61, 0xc3), "text/plain; charset=utf-8", "a\ufffd"],
  ["nothing", bytes(), "text/plain; charset=utf-8", ""],
])("%s", (_, raw, type, text) => {
  expect(decodeText(raw, type)).toBe(text);
});

test("a charset's name ends where the parameter ends", () => {
  expect(charsetOf('text/plain; format=flowed; charset="utf-8"; x=y')).toBe("utf-8");
  expect(charsetOf("text/plain")).toBeUndefined();
});
