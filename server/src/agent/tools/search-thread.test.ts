import { expect, test } from "vitest";

import { matcherOf, type ThreadQuery } from "./search-thread.ts";

const MESSAGE = {
  id: "18aa000000000001",
  threadId: "18aa000000000000",
  from: "Ana Ruiz <ana@helio.example>",
  to: "maya@northgate.example",
  cc: "tom@northgate.example",
  subject: "Re: NDA",
  date: "2026-11-20T15:48:00.000Z",
  snippet: "",
  rfc: { own: [], before: [] },
  attachments: [{ filename: "NDA v3.docx", mimeType: "application/msword", size: 9 }],
  text: "The escrow is\n10 per cent.",
};

test.each<[ThreadQuery, boolean]>([
  [{}, true],
  [{ query: "escrow nda" }, true],
  [{ query: '"escrow is 10"' }, true],
  [{ query: '"escrow 10"' }, false],
  [{ query: "v3" }, true],
  [{ from: "Ana" }, true],
  [{ from: "tom@northgate.example" }, false],
  [{ to: "tom@northgate.example" }, true],
  [{ subject: "NDA" }, true],
  [{ subject: "LOI" }, false],
  [{ after: "2026-11-20", before: "2026-11-21" }, true],
  [{ before: "2026-11-20" }, false],
  [{ after: "2026-11-21" }, false],
  [{ has_attachment: true, filename: "docx" }, true],
  [{ filename: "pdf" }, false],
])("%j fits: %s", (wanted, fits) => {
  const matcher = matcherOf(wanted);
  expect(matcher.ok && matcher.fits(MESSAGE)).toBe(fits);
});

test.each<ThreadQuery>([
  { query: "from:ana escrow" },
  { query: "escrow OR price" },
  { query: "escrow -price" },
  { query: "{escrow price}" },
  { label: "Falcon" },
])("%j is refused, not half understood", (wanted) => {
  expect(matcherOf(wanted).ok).toBe(false);
});
