/** What a person does in Gmail itself, behind VaultDesk's back, through Gmail's own API. */
import type { World } from "@vaultdesk/standins/world.ts";
import { z } from "zod";

const MODIFY = "https://www.googleapis.com/auth/gmail.modify";
const List = z.object({ drafts: z.array(z.object({ id: z.string() })).default([]) });
const Draft = z.object({ message: z.object({ raw: z.string(), threadId: z.string() }) });

/** Edits the newest draft's bytes as text, or those of the one that holds these words. */
export async function editDraftInGmail(
  world: World,
  email: string,
  change: (raw: string) => string,
  holding = "",
): Promise<void> {
  const { accessToken } = world.google.issue(email, [MODIFY]);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${world.google.url}gmail/v1/users/me/drafts${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Gmail answered ${response.status}`);
    return response.json();
  };
  for (const { id } of List.parse(await call("GET", "")).drafts.toReversed()) {
    const { message } = Draft.parse(await call("GET", `/${id}?format=raw`));
    const before = Buffer.from(message.raw, "base64url").toString("utf8");
    if (!before.includes(holding)) continue;
    const after = change(before);
    if (after === before) throw new Error("the edit changed nothing");
    const raw = Buffer.from(after).toString("base64url");
    await call("PUT", `/${id}`, { id, message: { raw, threadId: message.threadId } });
    return;
  }
  throw new Error(`no draft holds ${holding}`);
}

const isBody = (line: string) => /^content-/i.test(line);
const Raw = z.object({ raw: z.string() });

/** Attaches the first PDF of a thread to the newest draft, under another name, and sends a copy to somebody, as in Gmail's composer. */
export async function attachInGmail(
  world: World,
  email: string,
  threadId: string,
  { name, copyTo }: { name: string; copyTo: string },
): Promise<void> {
  const { accessToken } = world.google.issue(email, [MODIFY]);
  for (const { id } of world.google.mailbox(email).thread(threadId)) {
    const response = await fetch(`${world.google.url}gmail/v1/users/me/messages/${id}?format=raw`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const { raw } = Raw.parse(await response.json());
    const mail = Buffer.from(raw, "base64url").toString("latin1");
    const base64 = /application\/pdf[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(mail)?.[1];
    if (base64 === undefined) continue;
    await editDraftInGmail(world, email, (draft) => {
      const split = draft.search(/\r?\n\r?\n/);
      const lines = draft.slice(0, split).split(/\r?\n(?![ \t])/);
      const head = lines.filter((line) => !isBody(line)).join("\r\n");
      const body = `${lines.filter(isBody).join("\r\n")}${draft.slice(split)}`;
      return `${head}\r\nCc: ${copyTo}\r\nContent-Type: multipart/mixed; boundary=files\r\n\r\n--files\r\n${body}\r\n--files\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--files--\r\n`;
    });
    return;
  }
  throw new Error("no PDF in the thread");
}

const LABELS = ["https://www.googleapis.com/auth/gmail.labels", MODIFY];

/** As in Gmail's settings. */
export async function createLabel(world: World, email: string, name: string): Promise<void> {
  const { accessToken } = world.google.issue(email, LABELS);
  const response = await fetch(`${world.google.url}gmail/v1/users/me/labels`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  if (!response.ok) throw new Error(`Gmail answered ${response.status}`);
}

const Labels = z.object({ labels: z.array(z.object({ id: z.string(), name: z.string() })) });

/** How many messages of the thread have the label; all of them for an empty name. */
export async function labelsOf(
  world: World,
  email: string,
  threadId: string,
  name: string,
): Promise<number> {
  const { accessToken } = world.google.issue(email, LABELS);
  const response = await fetch(`${world.google.url}gmail/v1/users/me/labels`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { labels } = Labels.parse(await response.json());
  const id = labels.find((label) => label.name === name)?.id ?? name;
  const thread = world.google.mailbox(email).thread(threadId);
  const messages = thread.filter((message) => !message.labels.includes("DRAFT"));
  return messages.filter((message) => id === "" || message.labels.includes(id)).length;
}

const CALENDAR = "https://www.googleapis.com/auth/calendar.events";

/** Puts an event there, as in Google Calendar. Times in ms. */
export async function addEvent(
  world: World,
  email: string,
  event: { title: string; start: number; end: number; guests?: readonly string[] },
): Promise<void> {
  const { accessToken } = world.google.issue(email, [CALENDAR]);
  const response = await fetch(`${world.google.url}calendar/v3/calendars/primary/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      summary: event.title,
      start: { dateTime: new Date(event.start).toISOString() },
      end: { dateTime: new Date(event.end).toISOString() },
      attendees: (event.guests ?? []).map((guest) => ({ email: guest })),
    }),
  });
  if (!response.ok) throw new Error(`Calendar answered ${response.status}`);
}

/** Moves the event of this name, as in Google Calendar. */
export async function moveEvent(
  world: World,
  email: string,
  title: string,
  byMs: number,
): Promise<void> {
  const event = world.google.events(email).find((one) => one.title === title);
  if (event === undefined) throw new Error(`no event is called ${title}`);
  const { accessToken } = world.google.issue(email, [CALENDAR]);
  const response = await fetch(
    `${world.google.url}calendar/v3/calendars/primary/events/${event.id}`,
    {
      method: "PATCH",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        start: { dateTime: new Date(event.start + byMs).toISOString() },
        end: { dateTime: new Date(event.start + 2 * byMs).toISOString() },
      }),
    },
  );
  if (!response.ok) throw new Error(`Calendar answered ${response.status}`);
}
