/** Moves about the calendar and about where mails lie: names become addresses, and words become events, by tools alone. Pure. */
import { z } from "zod";

import { call, type Move, say, type Scene } from "./move.ts";
import type { OfficeRequest, Which } from "./office-request.ts";
import { outcomeAnswer } from "./outcome.ts";
import { FoundMail, lastOf, Outcome, ThreadMail } from "./results.ts";

const Event = z.object({
  event_id: z.string(),
  title: z.string(),
  when: z.string(),
  guests: z.array(z.string()).default([]),
});
const Events = z.object({ time_zone: z.string(), events: z.array(Event) });
const Busy = z.object({
  calendars: z.array(
    z.object({ who: z.string(), busy: z.union([z.string(), z.array(z.string())]) }),
  ),
  free: z.array(z.string()),
});

const WRITES = [
  "create_calendar_event",
  "update_calendar_event",
  "cancel_calendar_event",
  "label_mail",
  "archive_mail",
  "trash_mail",
];

function ended({ done }: Scene): Move | undefined {
  for (const name of WRITES) {
    const outcome = lastOf(done, name, Outcome);
    if (outcome !== undefined) return say(outcomeAnswer(outcome));
  }
  return undefined;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The addresses of people who were named; the next search where one is not known yet, or that nobody is found. */
function addressesOf({ done }: Scene, people: readonly string[]): string[] | Move {
  const addresses: string[] = [];
  for (const person of people) {
    if (ADDRESS.test(person)) {
      addresses.push(person);
      continue;
    }
    const step = done.find((one) => one.name === "search_gmail" && one.input["from"] === person);
    if (step === undefined) return call("search_gmail", { from: person, max: 1 });
    const found = step.reply.ok ? FoundMail.safeParse(step.reply.json).data : undefined;
    const from = found?.messages[0]?.from ?? "";
    const address = /<([^>]+)>/.exec(from)?.[1] ?? (ADDRESS.test(from) ? from : undefined);
    if (address === undefined) {
      return say(`I couldn't find an address of ${person} in your mail. What is it?`);
    }
    addresses.push(address);
  }
  return addresses;
}

function isMove(value: string[] | Move): value is Move {
  return value.some((one) => typeof one !== "string");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function eventsMove({ done }: Scene, when: string | undefined): Move {
  const found = lastOf(done, "list_upcoming_events", Events);
  if (found === undefined) {
    return call("list_upcoming_events", when === undefined ? {} : { from: when });
  }
  if (found.events.length === 0) return say("There is nothing in your calendar then.");
  return say(
    `In your calendar:\n\n${list(found.events.map((one) => `${one.title}: ${one.when}`))}`,
  );
}

function freeMove(scene: Scene, asked: Extract<OfficeRequest, { kind: "free" }>): Move {
  const found = lastOf(scene.done, "check_calendar", Busy);
  if (found !== undefined) {
    const hidden = found.calendars.filter((one) => one.busy === "not visible");
    const note = hidden.map((one) => `\n\nGoogle does not show me the calendar of ${one.who}.`);
    const slots =
      found.free.length === 0
        ? "I found no free time in working hours."
        : `Free in working hours:\n\n${list(found.free)}`;
    return say(`${slots}${note.join("")}`);
  }
  const people = addressesOf(scene, asked.people);
  if (isMove(people)) return people;
  const minutes = asked.minutes === undefined ? {} : { minutes: asked.minutes };
  return call("check_calendar", { from: asked.when, people, ...minutes });
}

function scheduleMove(scene: Scene, asked: Extract<OfficeRequest, { kind: "schedule" }>): Move {
  const guests = addressesOf(scene, asked.people);
  if (isMove(guests)) return guests;
  const { title, when, minutes, meet, quiet } = asked;
  return call("create_calendar_event", {
    title,
    when,
    guests,
    ...(minutes === undefined ? {} : { minutes }),
    ...(meet ? { meet } : {}),
    ...(quiet ? { mail_guests: false } : {}),
  });
}

/** The one event that the words name. */
function onEvent(scene: Scene, words: string, then: (id: string) => Move): Move {
  const found = lastOf(scene.done, "list_upcoming_events", Events);
  if (found === undefined) {
    return call("list_upcoming_events", { query: words, from: "today", to: "in 60 days" });
  }
  const [event, ...more] = found.events;
  if (event === undefined) return say(`I couldn't find "${words}" in the coming 60 days.`);
  if (more.length === 0) return then(event.event_id);
  const names = [event, ...more].map((one) => `${one.title}: ${one.when}`);
  return say(`Which of these do you mean?\n\n${list(names)}`);
}

function onMails(scene: Scene, which: Which, then: (ids: object) => Move): Move {
  const { openThread } = scene.facts;
  if (which.kind === "this") {
    return openThread === undefined
      ? say("No thread is open beside me. Open one in Gmail and ask again.")
      : then({ thread_ids: [openThread] });
  }
  const found = lastOf(scene.done, "search_gmail", FoundMail);
  if (found === undefined) return call("search_gmail", { from: which.from, max: 25 });
  const ids = found.messages.map((hit) => hit.id);
  return ids.length === 0
    ? say(`I couldn't find mails from ${which.from}.`)
    : then({ message_ids: ids });
}

const FileText = z.object({
  filename: z.string(),
  kind: z.string(),
  parts: z.number(),
  text: z.string(),
});

const SAID = 700;

/** The newest file of the open thread whose name holds the words. */
function attachmentMove(scene: Scene, words: string): Move {
  const { done, facts } = scene;
  const read = lastOf(done, "read_attachment", FileText);
  const thread = lastOf(done, "read_email_thread", ThreadMail);
  const wanted = words.toLowerCase();
  const held = (thread?.messages ?? []).flatMap(({ id, attachments }) =>
    attachments.map((file, index) => ({ id, number: index + 1, name: file.filename })),
  );
  const file = held.findLast(({ name }) => name.toLowerCase().includes(wanted));
  if (read !== undefined && file !== undefined) {
    const text = read.text.length > SAID ? `${read.text.slice(0, SAID).trimEnd()} ...` : read.text;
    return say(`${read.filename}, a ${read.kind}, says:\n\n${text} [msg:${file.id}]`);
  }
  if (thread === undefined) {
    return facts.openThread === undefined
      ? say("No thread is open beside me. Open one in Gmail and ask again.")
      : call("read_email_thread", { thread_id: facts.openThread });
  }
  return file === undefined
    ? say("I couldn't find such an attachment in this thread.")
    : call("read_attachment", { message_id: file.id, number: file.number });
}

export function officeMove(scene: Scene, asked: OfficeRequest): Move {
  const end = ended(scene);
  if (end !== undefined) return end;
  switch (asked.kind) {
    case "events":
      return eventsMove(scene, asked.when);
    case "free":
      return freeMove(scene, asked);
    case "schedule":
      return scheduleMove(scene, asked);
    case "move_event":
      return onEvent(scene, asked.words, (id) =>
        call("update_calendar_event", { event_id: id, when: asked.when }),
      );
    case "cancel_event":
      return onEvent(scene, asked.words, (id) => call("cancel_calendar_event", { event_id: id }));
    case "attachment":
      return attachmentMove(scene, asked.words);
    case "file":
      return onMails(scene, asked.which, (ids) =>
        call(asked.how === "archive" ? "archive_mail" : "trash_mail", ids),
      );
    case "label":
      return onMails(scene, asked.which, (ids) =>
        call("label_mail", {
          ...ids,
          [asked.remove ? "remove" : "add"]: [asked.label],
          ...(asked.create ? { create: true } : {}),
        }),
      );
  }
}
