/** A person who asked for it is forgotten, in either store: nothing of theirs opens or is there, the audit verifies, others lose nothing. */
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { EVENTS_PATH, routes } from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";

import { createSigner, exportLines } from "./audit/export.ts";
import { addHold, removeHold } from "./audit/holds.ts";
import { verify } from "./audit/verify.ts";
import { rowsOf, TABLES } from "./backup/rows.ts";
import { forgetCommand } from "./keep/forget-command.ts";
import { migratedDatabase } from "./store/migrated-for-tests.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice } from "./testing.ts";

/** Tables whose rows may name somebody who was forgotten. */
const KEPT = new Set(["audit", "sign_outs"]);

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function start(kind: "sqlite" | "postgres") {
  const file = join(tmpdir(), `vaultdesk-forget-${randomUUID()}.db`);
  const office = await startOffice({
    store: kind === "sqlite" ? { file } : { url: await migratedDatabase() },
  });
  onTestFinished(async () => {
    await office.close();
    await Promise.all(["", "-wal", "-shm"].map((end) => rm(`${file}${end}`, { force: true })));
  });
  const onDisk = async () =>
    kind === "sqlite"
      ? Buffer.concat([await readFile(file), await readFile(`${file}-wal`)])
      : Buffer.alloc(0);
  return { ...office, onDisk };
}

type Office = Awaited<ReturnType<typeof start>>;

/** She asked, has a draft and a request on her phone, and templates; in a room of her own, and in one that Ana leads. */
async function fillDesk(office: Office) {
  const [maya, ana] = [await office.visit(MAYA), await office.visit(ANA)];
  await maya.connect(MAYA_MAIL, CONNECT_SCOPES);
  await ana.connect(ANA_MAIL, CONNECT_SCOPES);
  for (const { api } of [maya, ana]) await office.call(api, routes.session);
  const text = `write to ${ANA_MAIL}: subject Falcon: an escrow is fine`;
  const ask = async (bearer: string) => {
    const asked = await office.call(bearer, routes.startRun, {}, { text, timeZone: "UTC" });
    const { conversationId: id } = routes.startRun.reply.parse(asked.body);
    const events = await office.events(bearer, id, (seen) =>
      seen.some(({ body }) => body.type === "run.ended"),
    );
    const [draft] = events.flatMap(({ body }) => (body.type === "draft.saved" ? [body.draft] : []));
    if (draft === undefined) throw new Error("no draft");
    return { id, draft };
  };
  const [hers, anas] = [await ask(maya.api), await ask(ana.api)];
  const drafts = [{ draftId: hers.draft.draftId, shown: await digestOf(hers.draft.content) }];
  await office.call(maya.api, routes.askApproval, {}, { conversationId: hers.id, drafts });
  const template = { title: "Tulip", subject: "", body: "Thank you" };
  await office.call(maya.api, routes.addTemplate, {}, template);
  await office.call(maya.api, routes.changeSettings, {}, { voice: false });
  const { rooms, members } = office.deps.room;
  const [own, shared] = [await rooms.create(MAYA, "Heron"), await rooms.create(ANA, "Falcon")];
  if (!own.ok || !shared.ok) throw new Error("no room");
  await members.invite(ANA, shared.value.id, MAYA_MAIL, "associate");
  await office.call(maya.api, routes.session);
  return { maya, ana, id: hers.id, anas: anas.id, own: own.value.id, room: shared.value.id };
}

async function checked({ db, env }: Office) {
  const signer = createSigner(Buffer.from(env["MASTER_KEY"] ?? "", "base64"));
  return verify(
    exportLines(db, signer, () => new Date()),
    signer.publicKey,
  );
}

/** Tables that have a row which names one of these. */
async function whereNamed({ db }: Office, ...names: string[]): Promise<string[]> {
  const named: string[] = [];
  for (const table of TABLES) {
    for await (const row of rowsOf(db, table)) {
      const text = JSON.stringify(row);
      if (names.some((name) => text.includes(name))) named.push(table);
    }
  }
  return [...new Set(named)].filter((table) => !KEPT.has(table));
}

test.each(["sqlite", "postgres"] as const)(
  "on %s",
  async (kind) => {
    const office = await start(kind);
    const { maya, ana, id, anas, own, room } = await fillDesk(office);
    const command = async (...args: string[]) => forgetCommand(args, office.env);
    expect(await whereNamed(office, MAYA, id)).toEqual(
      expect.arrayContaining(["users", "events", "approvals", "room_members", "settings"]),
    );
    const { key_wrapped: key } = await office.db
      .selectFrom("users")
      .select("key_wrapped")
      .where("sub", "=", MAYA)
      .executeTakeFirstOrThrow();

    // What is refused leaves everything as it was.
    const at = new Date().toISOString();
    const hold = await addHold(office.db, at, "conversation", id);
    expect(await office.call(maya.api, routes.forgetMe)).toMatchObject({
      status: 409,
      body: { problem: { code: "forget_on_hold" } },
    });
    expect(await command(MAYA, "--yes")).toMatchObject({ exit: 1, say: [/legal hold/] });
    await removeHold(office.db, at, hold?.id ?? "");
    expect(await office.call(ana.api, routes.forgetMe)).toMatchObject({
      status: 409,
      body: { problem: { code: "forget_leads" } },
    });
    expect(await command("nobody@north.example", "--yes")).toMatchObject({ exit: 1 });
    expect(await command(MAYA_MAIL)).toMatchObject({
      exit: 0,
      answer: [`${MAYA}: 1 conversations, 1 approvals, 1 templates, in 2 deal rooms`],
    });
    const stream = await office.app.request(EVENTS_PATH.replace(":id", id), {
      headers: { authorization: `Bearer ${maya.api}` },
    });
    expect(stream.status).toBe(200);
    const ended = stream.text();

    // On SQLite the command is another process beside the server: what it announces is not heard, and looked for.
    const done =
      kind === "sqlite"
        ? await command(MAYA_MAIL, "--yes")
        : await office.call(maya.api, routes.forgetMe);
    expect(done).toMatchObject(
      kind === "sqlite"
        ? { exit: 0, answer: [`forgotten: ${MAYA}, with 1 conversations`, /Audit rows/, /user/] }
        : { status: 200, body: { revoked: true } },
    );
    await (kind === "sqlite" ? office.deps.keyring.dropDestroyed() : ended);
    expect(await whereNamed(office, MAYA, id)).toEqual([]);
    expect((await office.onDisk()).includes(Buffer.from(key))).toBe(false);
    expect(office.google.outbox).toEqual([]);
    expect(await office.db.selectFrom("queue").selectAll().execute()).toEqual([]);

    // The audit verifies, and tells of it.
    expect(await checked(office)).toMatchObject({ ok: true });
    const told = await office.db
      .selectFrom("audit")
      .select(["kind", "entry"])
      .where("sub", "=", MAYA)
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(told.kind).toBe("person.forgotten");
    expect(told.entry).toContain(kind === "sqlite" ? '"by":"operator"' : '"by":"self"');

    // No bearer of hers is answered, and what was under way makes her no new key.
    expect((await office.call(maya.api, routes.settings)).status).toBe(401);
    expect((await office.call((await office.visit(MAYA)).api, routes.settings)).status).toBe(401);
    await expect(office.deps.settings.change(MAYA, { holdSeconds: 5 })).rejects.toMatchObject({
      code: "just_forgotten",
    });
    expect(await whereNamed(office, MAYA, id)).toEqual([]);

    // Others have what they had; her own room is gone, and she is out of the other.
    const { rooms } = office.deps.room;
    expect(await rooms.view(ANA, room)).toMatchObject({ details: { codeName: "Falcon" } });
    expect((await rooms.view(ANA, room))?.members).toHaveLength(1);
    expect(
      await office.db.selectFrom("rooms").select("id").where("id", "=", own).execute(),
    ).toEqual([]);
    const list = await office.call(ana.api, routes.conversations);
    expect(routes.conversations.reply.parse(list.body).conversations).toMatchObject([{ id: anas }]);
  },
  30_000,
);
