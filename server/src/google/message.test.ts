import { expect, test } from "vitest";

import { headOf, textOf, textOfHtml } from "./message.ts";

const data = (text: string) => Buffer.from(text).toString("base64url");

const base = {
  id: "189af729deca2ec0",
  threadId: "189af729deca2ec0",
  internalDate: "1763900000000",
  snippet: "Hello Maya",
};

function withParts(...parts: object[]) {
  return {
    ...base,
    payload: {
      mimeType: "multipart/mixed",
      headers: [
        { name: "FROM", value: "Ana Ruiz\r\n <ana.ruiz@helio-capital.example>" },
        { name: "Subject", value: "NDA" },
      ],
      parts,
    },
  };
}

test("plain text is preferred, headers are found in any case and unfolded", () => {
  const message = textOf(
    withParts(
      { mimeType: "text/plain", filename: "", body: { data: data("Hello\r\nMaya") } },
      { mimeType: "text/html", filename: "", body: { data: data("<b>Hello</b>") } },
    ),
  );
  expect(message).toMatchObject({
    text: "Hello\nMaya",
    from: "Ana Ruiz <ana.ruiz@helio-capital.example>",
  });
});

test("HTML is read where plain text is missing or empty, without scripts, images and link targets", () => {
  const html =
    '<style>p{}</style><p>Price: <a href="https://evil.example/?q=1">EUR 84m</a></p><img src="https://evil.example/p.png"><script>x()</script>';
  expect(textOfHtml(html)).toBe("Price: EUR 84m");
  const message = textOf(
    withParts(
      { mimeType: "text/plain", filename: "", body: { data: data("  \r\n") } },
      { mimeType: "text/html", filename: "", body: { data: data(html) } },
    ),
  );
  expect(message.text).toBe("Price: EUR 84m");
});

test("a part without its bytes is named, not dropped", () => {
  const message = textOf(withParts({ mimeType: "text/plain", filename: "", body: { size: 120 } }));
  expect(message.text).toBe("[a part of this message could not be read]");
});

test("attachments are listed and their text is not the message's", () => {
  const message = withParts(
    { mimeType: "text/plain", filename: "", body: { data: data("See attached.") } },
    { mimeType: "text/plain", filename: "notes.txt", body: { size: 9, attachmentId: "x" } },
  );
  expect(textOf(message).text).toBe("See attached.");
  expect(headOf(message).attachments).toEqual([
    { filename: "notes.txt", mimeType: "text/plain", size: 9 },
  ]);
});

test("a message with nothing in it is still a message", () => {
  expect(textOf({ id: "1" })).toMatchObject({ id: "1", subject: "", text: "" });
});
