/** For tests: a world of two calendars for each test, and Google's own client over HTTP. */
import { calendar, type calendar_v3 } from "@googleapis/calendar";
import { OAuth2Client } from "google-auth-library";
import { afterEach, beforeEach } from "vitest";
import { z } from "zod";

import { type Google, startGoogle } from "./start.ts";

export const MAYA = "maya@northgate.example";
export const ANA = "ana@helio.example";
export const OUTSIDE = "colin@else.example";
const ALL = "https://www.googleapis.com/auth/calendar";

export const ID = "vd0closingcall";

export const call = (more: calendar_v3.Schema$Event = {}): calendar_v3.Schema$Event => ({
  id: ID,
  summary: "Closing call",
  start: { dateTime: "2026-11-03T10:00:00", timeZone: "Europe/Berlin" },
  end: { dateTime: "2026-11-03T11:00:00+01:00" },
  ...more,
});

export const withGuests = (more: calendar_v3.Schema$Event = {}) =>
  call({ attendees: [{ email: ANA }, { email: OUTSIDE }], ...more });

export function calendarWorld() {
  let google: Google;

  beforeEach(async () => {
    google = await startGoogle({
      users: [
        { email: MAYA, name: "Maya Field", timeZone: "Europe/Berlin" },
        { email: ANA, name: "Ana Ruiz", timeZone: "America/New_York" },
      ],
    });
  });
  afterEach(() => google.close());

  function client(email = MAYA, scopes: string[] = [ALL]): calendar_v3.Calendar {
    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: google.issue(email, scopes).accessToken });
    return calendar({ version: "v3", auth, rootUrl: google.url, retry: false });
  }

  return {
    google: () => google,
    client,
    insert: (
      requestBody: calendar_v3.Schema$Event,
      more: { sendUpdates?: string; conferenceDataVersion?: number } = {},
    ) => client().events.insert({ calendarId: "primary", requestBody, ...more }),
    titles: async (email: string, more: calendar_v3.Params$Resource$Events$List = {}) => {
      const { data } = await client(email).events.list({ calendarId: "primary", ...more });
      return data.items?.map((one) => one.summary);
    },
  };
}

const Refused = z.object({
  response: z.object({
    status: z.number(),
    data: z.object({
      error: z.object({ message: z.string(), errors: z.array(z.object({ reason: z.string() })) }),
    }),
  }),
});

export async function failure(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    const { status, data } = Refused.parse(error).response;
    const { message, errors } = data.error;
    return { status, reason: errors[0]?.reason, message };
  }
  throw new Error("it did not fail");
}
