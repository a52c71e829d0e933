/** A copy of the database without the master key: no word of a mail, no address of a mailbox, no token. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

const WORDS = [
  "escrow of ninety million",
  "Project Falcon papers",
  "find mails about the escrow",
  "Ana Ruiz",
  "Maya Field",
  ANA_MAIL,
  MAYA_MAIL,
  "northgate",
];

let room: string;
beforeEach(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  room = await mkdtemp(join(tmpdir(), "vaultdesk-stolen-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(room, { recursive: true, maxRetries: 3 });
});

async function fileBytes(): Promise<Buffer> {
  const files = await readdir(room);
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(room, name)))));
}

/** Every column of every row as text, bytes as they are. */
async function everyColumn(db: Awaited<ReturnType<typeof startOffice>>["db"]): Promise<Buffer> {
  const tables = await sql<{ name: string }>`select table_name as name
    from information_schema.tables where table_schema = 'public'`.execute(db);
  const chunks: Buffer[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(
      db,
    );
    for (const value of rows.flatMap((row) => Object.values(row))) {
      chunks.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)));
    }
  }
  return Buffer.concat(chunks);
}

describe.each(["sqlite", "postgres"] as const)("from %s", (kind) => {
  test("reads nothing", { timeout: 30_000 }, async () => {
    const store =
      kind === "sqlite" ? { file: join(room, "store.db") } : { url: await migratedDatabase() };
    const office = await startOffice({ store });
    const tokens: string[] = [];
    const issue = office.google.issue.bind(office.google);
    vi.spyOn(office.google, "issue").mockImplementation((...args) => {
      const issued = issue(...args);
      tokens.push(issued.accessToken);
      return issued;
    });
    const maya = await office.visit(MAYA);
    await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
    tokens.push(maya.api, maya.refreshToken);
    await office.google.importMail(MAYA_MAIL, [
      {
        raw: Buffer.from(
          `From: Ana Ruiz <${ANA_MAIL}>\r\nTo: Maya Field <${MAYA_MAIL}>\r\nSubject: Project Falcon papers\r\n\r\nWe need an escrow of ninety million.\r\n`,
        ),
      },
    ]);
    const ask = async (text: string) => {
      const reply = await office.call(maya.api, routes.startRun, {}, { text, timeZone: "UTC" });
      const { conversationId } = routes.startRun.reply.parse(reply.body);
      const events = await office.events(maya.api, conversationId, (seen) =>
        seen.some((event) => event.body.type === "run.ended"),
      );
      return { conversationId, events };
    };
    await ask("find mails about the escrow");
    const { conversationId, events } = await ask(
      `write to ${ANA_MAIL}: subject Project Falcon papers: an escrow of ninety million is fine`,
    );
    const [draft] = events.flatMap(({ body }) => (body.type === "draft.saved" ? [body.draft] : []));
    if (draft === undefined) throw new Error("no draft");
    const shown = await digestOf(draft.content);
    const drafts = [{ draftId: draft.draftId, shown }];
    await office.call(maya.api, routes.askApproval, {}, { conversationId, drafts });
    const asked = kind === "sqlite" ? await fileBytes() : await everyColumn(office.db);
    const [push] = office.auth0.phone.pushes(MAYA);
    office.auth0.phone.approve(push?.id ?? "");
    await vi.waitFor(() => {
      expect(office.google.outbox).toHaveLength(1);
    }, 10_000);
    const sent = kind === "sqlite" ? await fileBytes() : await everyColumn(office.db);
    await office.close();
    const closed = kind === "sqlite" ? await fileBytes() : sent;

    for (const bytes of [asked, sent, closed]) {
      expect(bytes.length).toBeGreaterThan(5000);
      // What is not content is there to be read: the copy is a real one.
      expect(bytes.includes(conversationId)).toBe(true);
      expect(WORDS.filter((word) => bytes.includes(word))).toEqual([]);
      expect(tokens.filter((token) => bytes.includes(token))).toEqual([]);
    }
  });
});
