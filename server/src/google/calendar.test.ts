import { expect, test } from "vitest";

import { eventOf, resourceOf } from "./calendar.ts";

const call = {
  id: "call0001",
  summary: "Closing call",
  start: { dateTime: "2026-11-27T09:00:00+01:00" },
  end: { dateTime: "2026-11-27T10:00:00+01:00" },
};

test.each([
  ["a long title", { summary: "Closing ".repeat(200) }],
  ["a long place", { location: "Tower, 4th floor. ".repeat(200) }],
  ["a long description", { description: "Agenda\n".repeat(3000) }],
  [
    "many guests",
    {
      attendees: Array.from({ length: 600 }, (_, at) => ({ email: `g${100 + at}@helio.example` })),
    },
  ],
  ["the id of one of a series", { id: "call0001_20261127T090000Z" }],
])("an event with %s is read whole, and written as it was", (_, change) => {
  const { id, content } = eventOf({ ...call, ...change }, "Europe/Berlin");
  expect({ id, ...resourceOf(content) }).toMatchObject({ id: call.id, ...change });
});
