import { expect, test } from "vitest";

import type { Mailroom } from "../../actions/mailroom.ts";
import type { MessageHead, MessageText } from "../../google/message.ts";
import { readEmailThread } from "./read-email-thread.ts";
import { roomOf } from "./room-for-tests.ts";
import { queryOf, searchGmail } from "./search-gmail.ts";

const never = new AbortController().signal;
const no = () => Promise.reject(new Error("not asked"));

function head(index: number): MessageHead {
  return {
    id: (0x18aa0000 + index).toString(16).padStart(16, "0"),
    threadId: "18aa000000000000",
    from: "Ana Ruiz <ana@helio.example>",
    to: "maya@northgate.example",
    cc: "",
    subject: "NDA",
    date: "2026-11-20T15:48:00.000Z",
    snippet: "",
    rfc: { own: [], before: [] },
    attachments: [],
  };
}

function roomWith(messages: MessageText[], search: Mailroom["search"] = no) {
  const mail: Mailroom = {
    owner: no,
    threadCard: no,
    labelNames: no,
    threadsOf: no,
    composeFacts: no,
    search,
    thread: () =>
      Promise.resolve({ ok: true, value: { id: "18aa000000000000", subject: "NDA", messages } }),
    sentLike: no,
    saveDraft: no,
    draft: no,
    editDraft: no,
    rewriteDraft: no,
  };
  return roomOf({ mail });
}

const read = async (messages: MessageText[], more: object = {}) =>
  readEmailThread.run({ thread_id: "18aa000000000000", ...more }, roomWith(messages), never);

const long = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...head(index),
    text: `Message ${index + 1} says ${"something else ".repeat(40)}`,
  }));

test("a thread of 200 messages shows the newest, and says how to read the others", async () => {
  const outcome = await read(long(200));
  const shown: unknown = expect.stringMatching(/to 200 of 200/);
  expect(outcome.json).toMatchObject({
    message_count: 200,
    shown,
  });
  const text = JSON.stringify(outcome.json);
  expect(text.length).toBeLessThan(40_000);
  expect(text).toContain("Message 200 says");
  expect(text).not.toContain("Message 1 says");
  expect(outcome.summary).toMatch(/^Read \d+ of 200 messages$/);
});

test("asked on from the first message, all 200 are shown once", async () => {
  const seen: number[] = [];
  let from = 1;
  for (let calls = 0; from <= 200 && calls < 40; calls += 1) {
    const { json } = await read(long(200), { from_message: from });
    const numbers = [...JSON.stringify(json).matchAll(/Message (\d+) says/g)].map((m) =>
      Number(m[1]),
    );
    seen.push(...numbers);
    from = (numbers.at(-1) ?? 200) + 1;
  }
  expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

test("a message that is too long is cut, says so, and is read on by its characters", async () => {
  const text = `${"a".repeat(30_000)}END`;
  const messages = [{ ...head(1), text }];
  expect(JSON.stringify((await read(messages)).json)).toContain("[cut: 6003 more characters");
  const rest = await read(messages, { message_id: head(1).id, from_character: 24_000 });
  expect(rest.json).toMatchObject({
    text: text.slice(24_000),
    characters: "24000 to 30003 of 30003",
  });
  expect((await read(messages, { message_id: head(1).id, from_character: 40_000 })).ok).toBe(false);
  expect((await read(messages, { message_id: head(2).id })).json).toMatchObject({
    error: "unknown_id",
  });
});

test("fifty recipients are ten and a number", async () => {
  const to = Array.from({ length: 50 }, (_, index) => `"Doe, J" <j${index}@x.example>`).join(", ");
  const { json } = await read([{ ...head(1), to, text: "Hi" }]);
  expect(JSON.stringify(json)).toContain("and 40 more");
});

test("a hundred thousand recipients are counted in time", async () => {
  const { json } = await read([
    { ...head(1), to: `"a,b" <a@b.c>${",x".repeat(99_999)}`, text: "" },
  ]);
  expect(JSON.stringify(json)).toContain("and 99990 more");
});

test("a mail without subject and body is a mail", async () => {
  const { ok, json } = await read([{ ...head(1), subject: "", text: "" }]);
  expect(ok).toBe(true);
  expect(json).toMatchObject({ message_count: 1 });
});

test("a search counts all matches, and goes on where it ended", async () => {
  const asked: unknown[] = [];
  const room = roomWith([], (_, wanted) => {
    asked.push(wanted);
    return Promise.resolve({ ok: true, value: { found: 90, more: false, messages: [head(1)] } });
  });
  const first = await searchGmail.run({ query: "escrow", max: 1 }, room, never);
  expect(first).toMatchObject({
    json: { found: 90, shown: 1, next: "ask again with skip 1" },
    summary: "Found 90 messages, read 1 of them",
  });
  await searchGmail.run({ query: "escrow", max: 1, skip: 1 }, room, never);
  expect(asked).toEqual([
    { q: "escrow", max: 1, skip: 0, oldestFirst: false },
    { q: "escrow", max: 1, skip: 1, oldestFirst: false },
  ]);
  expect((await searchGmail.run({ skip: 500 }, room, never)).ok).toBe(false);
});

test("of more than were counted, the number is a floor and the oldest are not guessed", async () => {
  const room = roomWith([], () =>
    Promise.resolve({ ok: true, value: { found: 500, more: true, messages: [head(1)] } }),
  );
  const { json, summary } = await searchGmail.run({ query: "a" }, room, never);
  const note: unknown = expect.stringContaining("there are more");
  expect(json).toMatchObject({ found: 500, note });
  expect(summary).toContain("more than 500");
  const oldest = await searchGmail.run({ query: "a", oldest_first: true }, room, never);
  expect(oldest).toMatchObject({ ok: false, json: { error: "too_many" } });
});

test("in a thread all words of the search count, newest first, in parts", async () => {
  const room = roomWith(long(30));
  const args = { in_thread: "18aa000000000000", query: "says", from: "Ana", max: 2, skip: 1 };
  const { json } = await searchGmail.run(args, room, never);
  expect(json).toMatchObject({
    found: 30,
    messages: [{ id: head(28).id }, { id: head(27).id }],
    next: "ask again with skip 3",
  });
  expect((await searchGmail.run({ ...args, from: "Tom" }, room, never)).json).toMatchObject({
    found: 0,
  });
});

test("labels and file names are Gmail's words, and can't end their operator", () => {
  expect(queryOf({ label: "Project Falcon/NDA", filename: "pdf", max: 10 })).toBe(
    'filename:"pdf" label:"project-falcon-nda"',
  );
  expect(queryOf({ label: 'x" in:anywhere "', max: 10 })).not.toContain('x" in');
});
