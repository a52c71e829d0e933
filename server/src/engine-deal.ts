/** For tests: two people with a mail of one deal in both mailboxes, on either store, and a model that does what a test says. */
import { type Route, routes } from "@vaultdesk/shared/api.ts";
import { ThreadPlace } from "@vaultdesk/shared/room.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { toModelRequest } from "@vaultdesk/standins/bedrock/converse.ts";
import { scriptedModel } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { z } from "zod";

import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

export const sorted = (names: readonly string[]) =>
  names.toSorted((one, other) => one.localeCompare(other));
export const OUTSIDE = "lee@rival.example";
export const raw = (id: string, subject: string, more = "") =>
  Buffer.from(
    `Message-ID: <${id}@x>\r\n${more}From: ${OUTSIDE}\r\nTo: ${MAYA_MAIL}, ${ANA_MAIL}\r\nSubject: ${subject}\r\n\r\nAs agreed.\r\n`,
  );

/** Maya and Ana with a mail of one deal in both mailboxes, under other ids. */
export async function deal(kind: "sqlite" | "postgres") {
  const url = kind === "postgres" ? await migratedDatabase() : undefined;
  const office = await startOffice({
    tireless: true,
    store: url === undefined ? { file: ":memory:" } : { url },
  });
  const { google } = office;
  const [maya, ana] = [await office.visit(MAYA), await office.visit(ANA)];
  await Promise.all([
    maya.connect(MAYA_MAIL, CONNECT_SCOPES),
    ana.connect(ANA_MAIL, CONNECT_SCOPES),
  ]);
  await google.importMail(ANA_MAIL, [{ raw: raw("other", "Lunch") }]);
  for (const mailbox of [MAYA_MAIL, ANA_MAIL]) {
    await google.importMail(mailbox, [{ raw: raw("one", "NDA") }]);
  }
  const threadOf = (mailbox: string, subject: string) =>
    google
      .mailbox(mailbox)
      .threads()
      .find((row) => row.subject === subject)?.threadId ?? "";

  async function call<B extends z.ZodType, R extends z.ZodType>(
    who: typeof maya,
    route: Route<B, R>,
    parameters: Readonly<Record<string, string>> = {},
    body?: unknown,
  ) {
    const answer = await office.call(who.api, route, parameters, body);
    const told = z.object({
      problem: z.object({ code: z.string(), detail: z.string().optional() }),
    });
    const problem = told.safeParse(answer.body).data?.problem;
    return { status: answer.status, problem, body: answer.body };
  }

  async function place(who: typeof maya, threadId: string) {
    const response = await office.app.request(`${routes.threadPlace.path}?threadId=${threadId}`, {
      headers: { authorization: `Bearer ${who.api}` },
    });
    return ThreadPlace.parse(await response.json());
  }

  /** Asks, and what the model was told of. */
  async function ask(
    who: typeof maya,
    threadId: string,
    steps: Parameters<typeof scriptedModel>[0],
  ) {
    office.bedrock.setModel(scriptedModel([...steps, "Done."]));
    const before = office.bedrock.calls.length;
    const started = await call(
      who,
      routes.startRun,
      {},
      { text: `Write to ${MAYA_MAIL}`, timeZone: "UTC", threadId },
    );
    const { conversationId } = routes.startRun.reply.parse(started.body);
    const events = await office.events(who.api, conversationId, (seen) =>
      seen.some(({ body }) => body.type === "run.ended"),
    );
    const calls = office.bedrock.calls.slice(before);
    const tools = calls.map(({ request }) => sorted(toModelRequest("", request).tools));
    const drafts = events.flatMap(({ body }) => (body.type === "draft.saved" ? [body.draft] : []));
    return {
      conversationId,
      tools,
      drafts,
      results: JSON.stringify(calls.at(-1)?.request.messages),
    };
  }

  return { ...office, call, place, ask, maya, ana, threadOf };
}
