/**
 * Every route of `shared/src/api.ts` x everybody who may not, and everything that does not fit. The rows are made of the routes themselves:
 * a new route fails here until `ROUTES` says what Maya's ids and a good body of it are. Outside of deal rooms there are no roles: a token
 * for another purpose stands for the wrong one.
 */
import {
  APPROVE_SCOPE,
  API_SCOPE,
  EVENTS_PATH,
  OWN_EVENTS_PATH,
  routes,
} from "@vaultdesk/shared/api.ts";
import { digestOf } from "@vaultdesk/shared/digest.ts";
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import { newId } from "@vaultdesk/shared/id.ts";
import { parseJson } from "@vaultdesk/shared/json.ts";
import { DEFAULT_ROLES, type Right } from "@vaultdesk/shared/role.ts";
import { RoomView } from "@vaultdesk/shared/room.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { OwnTemplate } from "@vaultdesk/shared/template.ts";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { DefaultQueryExecutor } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { createApp } from "./app.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL, startOffice, tireless } from "./testing.ts";

/** Event streams are no routes of the contract's table. */
const LINES = { events: EVENTS_PATH, ownEvents: OWN_EVENTS_PATH } as const;

type Name = keyof typeof routes | keyof typeof LINES;

/** What is Maya's, or what is nobody's. */
interface Ids {
  conversation: string;
  run: string;
  approval: string;
  draft: string;
  message: string;
  template: string;
  room: string;
  member: string;
  link: string;
  entry: string;
  document: string;
}

interface RouteFacts {
  /** What stands in the path. */
  path?: (ids: Ids) => Record<string, string>;
  body?: (ids: Ids) => unknown;
  /** How the same request of its owner is answered the first and the second time. */
  twice: readonly [number, number];
  /** What the role of a member has to allow; an observer is refused by it. */
  right?: Right;
  /** Nobody but a lead may. */
  lead?: true;
  /** The answer is of the caller's own log: sealed with its time, and longer for having been asked for. Nobody else may be named in it. */
  ownLog?: true;
}

const zeros = "0".repeat(64);
const EDIT = { to: [ANA_MAIL], cc: [], bcc: [], subject: "NDA", text: "As edited" };
const TEMPLATE = { title: "Thanks", subject: "", body: "Thank you" };
const template = ({ template: id }: Ids) => ({ id });
const conversation = ({ conversation: id }: Ids) => ({ id });
const approval = ({ approval: id }: Ids) => ({ id });
const NOBODY = newId("mem");

const ofRoom = ({ room: id }: Ids) => ({ id });
const CARL_MAIL = "carl@northgate.example";
const CIRCLE = [{ who: "helio-capital.example", side: "counterparty" }];
const DETAILS = { codeName: "TULIP", stage: "nda", circle: CIRCLE, dates: [] };
const SAID = { who: "helio-capital.example", milestone: "nda_signed", day: "2026-11-20" } as const;
const ofEntry = ({ room: id, entry: entryId }: Ids) => ({ id, entryId });

const ROUTES: Readonly<Record<Name, RouteFacts>> = {
  session: { twice: [200, 200] },
  orgPolicy: { twice: [200, 200] },
  settings: { twice: [200, 200] },
  changeSettings: { body: () => ({ voice: true }), twice: [200, 200] },
  conversations: { twice: [200, 200] },
  approvals: { twice: [200, 200] },
  events: { path: conversation, twice: [200, 200] },
  ownEvents: { twice: [200, 200] },
  toolUses: { twice: [200, 200] },
  activity: { twice: [200, 200] },
  audit: { twice: [200, 200], ownLog: true },
  auditTable: { twice: [200, 200], ownLog: true },
  calendar: { twice: [200, 200] },
  calendarDay: { twice: [200, 200] },
  composeFacts: { twice: [200, 200] },
  // A second draft of the same: nothing leaves with either.
  compose: {
    body: ({ conversation: conversationId }) => ({
      conversationId,
      to: [ANA_MAIL],
      subject: "NDA",
      text: "Hello",
    }),
    twice: [200, 200],
  },
  templates: { twice: [200, 200] },
  addTemplate: { body: () => TEMPLATE, twice: [200, 200] },
  changeTemplate: { path: template, body: () => TEMPLATE, twice: [200, 200] },
  deleteTemplate: { path: template, twice: [200, 404] },
  startRun: {
    body: ({ conversation: conversationId }) => ({ text: "Hi", timeZone: "UTC", conversationId }),
    twice: [200, 200],
  },
  cancelRun: { path: ({ run: id }) => ({ id }), twice: [200, 200] },
  renameConversation: {
    path: conversation,
    body: () => ({ title: "Falcon" }),
    twice: [200, 200],
  },
  askApproval: {
    body: ({ conversation: conversationId, draft: draftId }) => ({
      conversationId,
      drafts: [{ draftId, shown: shownDigest }],
    }),
    // The request that waits is the answer; the phone is not asked again.
    twice: [200, 200],
  },
  askAgain: { path: approval, twice: [409, 409] },
  undoApproval: { path: approval, twice: [409, 409] },
  cancelApproval: { path: approval, twice: [200, 200] },
  // Gmail gives a draft a new message id with each edit: the second is of a version that is gone.
  editDraft: {
    path: ({ conversation: id, draft: draftId }) => ({ id, draftId }),
    body: ({ message: messageId }) => ({ edit: EDIT, messageId }),
    twice: [200, 409],
  },
  deleteConversation: { path: conversation, twice: [200, 404] },
  rooms: { twice: [200, 200] },
  createRoom: { body: () => ({ codeName: "Falcon" }), twice: [200, 200] },
  room: { path: ofRoom, twice: [200, 200] },
  // The second is of a version that is gone.
  changeRoom: {
    path: ofRoom,
    body: () => ({ version: roomVersion, details: DETAILS }),
    twice: [200, 409],
    right: "details",
  },
  changeRoles: {
    path: ofRoom,
    body: () => ({ version: roomVersion, roles: DEFAULT_ROLES }),
    twice: [409, 409],
    right: "roles",
  },
  changeRules: {
    path: ofRoom,
    body: () => ({ version: roomVersion, rules: [] }),
    twice: [409, 409],
    right: "roles",
  },
  changeTiers: {
    path: ofRoom,
    body: () => ({ version: roomVersion, tiers: { cim: ["signed"] } }),
    twice: [409, 409],
    right: "roles",
  },
  threadFiles: { twice: [200, 200] },
  // The same content is the same document.
  markDocument: {
    path: ofRoom,
    body: () => ({ threadId: roomThread, messageId: roomFile, number: 1, tier: "cim" }),
    twice: [200, 200],
    right: "threads",
  },
  changeDocument: {
    path: ({ room: id, document: documentId }) => ({ id, documentId }),
    body: () => ({ from: "cim", tier: "board" }),
    twice: [200, 409],
    right: "threads",
  },
  unmarkDocument: {
    path: ({ room: id, document: documentId }) => ({ id, documentId }),
    twice: [200, 404],
    right: "roles",
  },
  closeRoom: {
    path: ofRoom,
    body: () => ({ version: roomVersion, state: "open" }),
    twice: [409, 409],
    right: "close",
  },
  inviteMember: {
    path: ofRoom,
    body: () => ({ address: "bo@northgate.example", role: "analyst" }),
    twice: [200, 409],
    right: "members",
  },
  // Of somebody who is only invited; who is no lead may say it of themselves alone.
  setAbsence: {
    path: ({ room: id, member: memberId }) => ({ id, memberId }),
    body: () => ({ until: "2999-12-31", timeZone: "UTC", delegate: NOBODY }),
    twice: [422, 422],
    right: "members",
  },
  endAbsence: {
    path: ({ room: id, member: memberId }) => ({ id, memberId }),
    twice: [200, 200],
    right: "members",
  },
  changeMember: {
    path: ({ room: id, member: memberId }) => ({ id, memberId }),
    body: () => ({ from: "observer", role: "analyst" }),
    twice: [200, 409],
    right: "members",
  },
  removeMember: {
    path: ({ room: id, member: memberId }) => ({ id, memberId }),
    twice: [200, 404],
    right: "members",
  },
  // It is there already.
  addThread: {
    path: ofRoom,
    body: () => ({ threadId: roomThread }),
    twice: [200, 200],
    right: "threads",
  },
  removeThread: {
    path: ({ room: id, link: linkId }) => ({ id, linkId }),
    twice: [200, 404],
    right: "threads",
  },
  roomAudit: { path: ofRoom, twice: [200, 200], lead: true },
  roomAuditTable: { path: ofRoom, twice: [200, 200], lead: true },
  tracker: { path: ofRoom, twice: [200, 200] },
  noteMilestone: {
    path: ofRoom,
    body: () => ({ said: SAID }),
    twice: [200, 200],
    right: "tracker",
  },
  confirmMilestone: {
    path: ofEntry,
    body: () => ({ said: SAID }),
    twice: [200, 409],
    right: "tracker",
  },
  withdrawMilestone: { path: ofEntry, twice: [200, 409], right: "tracker" },
  milestoneMail: { path: ofEntry, twice: [200, 200] },
  trackerSilence: { path: ofRoom, twice: [200, 200] },
  trackerTable: { path: ofRoom, twice: [200, 200] },
  threadPlace: { twice: [200, 200] },
  deleteRoom: { path: ofRoom, twice: [200, 404], right: "close" },
  // These last: what comes after is no longer connected, or no longer signed in.
  revokeGoogle: { twice: [200, 200] },
  signOutEverywhere: { twice: [200, 401] },
  // Signed out by the one before; what it does is in engine-forget.test.ts.
  forgetMe: { twice: [401, 401] },
};

const isLine = (name: Name): name is keyof typeof LINES => name in LINES;
const named = Object.keys(ROUTES).filter((name): name is Name => name in ROUTES);
const rows = named.map((name) => {
  const route = isLine(name) ? { method: "GET" as const, path: LINES[name] } : routes[name];
  return { name, ...route, facts: ROUTES[name] };
});
type Row = (typeof rows)[number];

let office: Awaited<ReturnType<typeof startOffice>>;
let app: ReturnType<typeof createApp>;
let maya: Ids;
/** Another room of hers, in which Ana observes. */
let shared: Ids;
let shownDigest = zeros;
let roomVersion = 0;
let roomThread = "";
/** A message of it with a file. */
let roomFile = "";
const bearers = { maya: "", ana: "" };

const own = await generateKeyPair("RS256");
const keys = createLocalJWKSet({
  keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256", use: "sig" }],
});

/** A token as the tenant would sign it, but for what is changed. Its key set is given to `forging`. */
function token(change: { azp?: string; scope?: string; expired?: true } = {}): Promise<string> {
  const { auth0 } = office.deps.config;
  return new SignJWT({
    azp: change.azp ?? auth0.extensionClientId,
    scope: change.scope ?? API_SCOPE,
  })
    .setProtectedHeader({ alg: "RS256", kid: "own", typ: "JWT" })
    .setSubject(MAYA)
    .setIssuer(auth0.issuer)
    .setAudience(auth0.audience)
    .setIssuedAt()
    .setExpirationTime(change.expired === true ? 1_700_000_000 : "5m")
    .sign(own.privateKey);
}

interface Asked {
  bearer?: string | undefined;
  ids?: Ids;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

async function ask(row: Row, { bearer, ids = maya, body, headers = {} }: Asked, to = app) {
  const path = Object.entries(row.facts.path?.(ids) ?? {}).reduce(
    (text, [key, value]) => text.replace(`:${key}`, encodeURIComponent(value)),
    row.path,
  );
  const good = row.facts.body?.(ids);
  const sent = body ?? (good === undefined ? undefined : JSON.stringify(good));
  const stop = new AbortController();
  const response = await to.request(path, {
    method: row.method,
    headers: {
      "content-type": "application/json",
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(sent === undefined || row.method === "GET" ? {} : { body: sent }),
    signal: stop.signal,
  });
  const stream = response.headers.get("content-type")?.includes("event-stream") === true;
  const text = stream ? "" : await response.text();
  stop.abort();
  if (stream) await response.body?.cancel();
  return { status: response.status, text, headers: response.headers };
}

const code = (text: string) => {
  const body = parseJson(text);
  return z.object({ problem: z.object({ code: z.string() }) }).safeParse(body).data?.problem.code;
};

async function question(bearer: string, text: string): Promise<Ids & { view: DraftView }> {
  const { body } = await office.call(bearer, routes.startRun, {}, { text, timeZone: "UTC" });
  const { conversationId, runId } = routes.startRun.reply.parse(body);
  const events = await office.events(bearer, conversationId, (seen) =>
    seen.some((event) => event.body.type === "run.ended"),
  );
  const saved = events.flatMap((event) =>
    event.body.type === "draft.saved" ? [event.body.draft] : [],
  )[0];
  if (saved === undefined) throw new Error("no draft");
  return {
    view: saved,
    conversation: conversationId,
    run: runId,
    approval: "",
    draft: saved.draftId,
    message: saved.messageId,
    template: "",
    room: "",
    member: "",
    link: "",
    entry: "",
    document: "",
  };
}

/** A room with two observers and a thread; its version, and the first of them. */
async function makeRoom(
  bearer: string,
  codeName: string,
  observer: string,
): Promise<Pick<Ids, "room" | "member" | "link" | "entry" | "document"> & { version: number }> {
  const made = await office.call(bearer, routes.createRoom, {}, { codeName });
  const { id, version: first } = RoomView.parse(made.body);
  const details = { ...DETAILS, codeName };
  await office.call(bearer, routes.changeRoom, { id }, { version: first, details });
  const { tracker } = office.deps.tracker;
  await tracker.propose(MAYA, id, SAID, { rfcId: "<t@x>", quote: "Hello" });
  const entry = (await tracker.read(MAYA, id))?.entries[0]?.id ?? "";
  for (const address of [CARL_MAIL, observer]) {
    await office.call(bearer, routes.inviteMember, { id }, { address, role: "observer" });
  }
  await office.call(bearer, routes.addThread, { id }, { threadId: roomThread });
  const marking = { threadId: roomThread, messageId: roomFile, number: 1, tier: "cim" };
  await office.call(bearer, routes.markDocument, { id }, marking);
  const { version, members, threads, documents } = RoomView.parse(
    (await office.call(bearer, routes.room, { id })).body,
  );
  const member = members.find(({ address }) => address === CARL_MAIL)?.id ?? "";
  const [link, document] = [threads[0]?.id ?? "", documents[0]?.id ?? ""];
  return { room: id, member, link, entry, document, version };
}

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
  office = await startOffice({ tireless: true });
  ({ app } = office);
  const [m, a] = [await office.visit(MAYA), await office.visit(ANA)];
  await Promise.all([m.connect(MAYA_MAIL, CONNECT_SCOPES), a.connect(ANA_MAIL, CONNECT_SCOPES)]);
  Object.assign(bearers, { maya: m.api, ana: a.api });
  const { view, ...first } = await question(
    m.api,
    `write to ${ANA_MAIL}: subject TULIP: the price is secret`,
  );
  shownDigest = await digestOf(view.content);
  const asked = await office.call(
    m.api,
    routes.askApproval,
    {},
    { conversationId: first.conversation, drafts: [{ draftId: first.draft, shown: shownDigest }] },
  );
  const { id } = routes.askApproval.reply.parse(asked.body);
  // Nobody works on one that has ended: what is asked about it below is asked by the request.
  await office.call(m.api, routes.cancelApproval, { id });
  const made = (await office.call(m.api, routes.addTemplate, {}, { ...TEMPLATE, title: "TULIP" }))
    .body;
  await office.google.importMail(MAYA_MAIL, [
    {
      raw: Buffer.from(
        `Message-ID: <t@x>\r\nFrom: ${ANA_MAIL}\r\nTo: ${MAYA_MAIL}\r\nSubject: TULIP\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\nContent-Type: text/plain; name="cim.txt"\r\nContent-Disposition: attachment; filename="cim.txt"\r\n\r\nThe price\r\n--b--\r\n`,
      ),
    },
  ]);
  const threads = office.google.mailbox(MAYA_MAIL).threads();
  roomThread = threads.find(({ subject }) => subject === "TULIP")?.threadId ?? "";
  // Her draft under the same subject stands before it.
  roomFile = office.google.mailbox(MAYA_MAIL).thread(roomThread).at(-1)?.id ?? "";
  // Google names the mailbox that each has connected.
  for (const bearer of [m.api, a.api]) await office.call(bearer, routes.session);
  const { version, ...room } = await makeRoom(m.api, "TULIP", "dana@northgate.example");
  roomVersion = version;
  maya = { ...first, approval: id, template: OwnTemplate.parse(made).id, ...room };
  shared = { ...maya, ...(await makeRoom(m.api, "Lotus", ANA_MAIL)) };
  await office.call(a.api, routes.rooms);
}, 20_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await office.close();
});

test("every route of the contract has its row", () => {
  expect(named.toSorted()).toEqual([...Object.keys(routes), ...Object.keys(LINES)].toSorted());
});

describe.each(rows.map((row) => [`${row.method} ${row.path}`, row] as const))("%s", (_, row) => {
  test("without a token, with one that is over, forged, or not for this", async () => {
    // The same server, for which the key of this test is the tenant's.
    const honest = createApp({ ...office.deps, limits: tireless(), keys });
    const refusals: [string, number, Asked, typeof app][] = [
      ["no token", 401, {}, app],
      ["not a token", 401, { bearer: "abc" }, app],
      ["a stranger's key", 401, { bearer: await token() }, app],
      ["over", 401, { bearer: await token({ expired: true }) }, honest],
      ["the phone's yes", 403, { bearer: await token({ azp: "x", scope: APPROVE_SCOPE }) }, honest],
      ["another application's", 403, { bearer: await token({ azp: "other" }) }, honest],
      ["without the scope", 403, { bearer: await token({ scope: "openid" }) }, honest],
    ];
    for (const [name, status, asked, to] of refusals) {
      const answer = await ask(row, asked, to);
      expect([name, answer.status]).toEqual([name, status]);
      expect(code(answer.text)).toBe(status === 401 ? "signed_out" : "forbidden");
    }
  });

  test("from a page that is not the extension's", async () => {
    for (const origin of [
      "https://mail.google.com",
      "https://evil.example",
      `chrome-extension://${"p".repeat(32)}`,
      "null",
    ]) {
      const answer = await ask(row, { bearer: bearers.maya, headers: { origin } });
      expect([origin, answer.status]).toEqual([origin, 403]);
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("strict headers, whatever the answer", async () => {
    const { headers } = await ask(row, {});
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
    });
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test.skipIf(row.method === "GET")("too large", async () => {
    const body = new Uint8Array(1_100_000).fill(32);
    expect((await ask(row, { bearer: bearers.ana, body })).status).toBe(413);
    const headers = { "content-length": "1100000" };
    expect((await ask(row, { bearer: bearers.ana, body: "{}", headers })).status).toBe(413);
  });

  test.skipIf(row.facts.body === undefined)("a body that does not fit", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    for (const body of [
      "",
      "{",
      "null",
      "7",
      '"text"',
      "[]",
      deep,
      '{"__proto__":{"voice":true},"x":1}',
      "\u0000",
      new Uint8Array([0xff, 0xfe, 0x7b]),
    ]) {
      const answer = await ask(row, { bearer: bearers.maya, body });
      expect([body, answer.status, code(answer.text)]).toEqual([body, 400, "bad_request"]);
    }
  });

  test.skipIf(row.facts.path === undefined)("ids that are none", async () => {
    for (const id of ["x", "../../health", "%00", "'; drop table users; --", "é".repeat(4000)]) {
      const theirs = { room: id, member: id, link: id, document: id };
      const ids = { ...maya, conversation: id, run: id, approval: id, template: id, ...theirs };
      const answer = await ask(row, { bearer: bearers.maya, ids });
      expect([id, answer.status]).toEqual([id, row.name === "cancelRun" ? 200 : 404]);
    }
  });

  test.skipIf(row.facts.right === undefined && row.facts.lead === undefined)(
    "of a member whose role lacks it",
    async () => {
      const answer = await ask(row, { bearer: bearers.ana, ids: shared });
      expect([answer.status, code(answer.text)]).toEqual([403, "role_lacks"]);
    },
  );

  // They name no ids, and end the bearer that asks.
  test.skipIf(row.name === "signOutEverywhere" || row.name === "forgetMe")(
    "another person's ids are as nobody's: the same answer for the same work",
    async () => {
      const nobody: Ids = {
        conversation: newId("con"),
        run: newId("run"),
        approval: newId("apr"),
        draft: "r-1",
        message: "19d847db53731d21",
        template: newId("tpl"),
        room: newId("rom"),
        member: newId("mem"),
        link: newId("lnk"),
        entry: newId("ent"),
        document: newId("doc"),
      };
      /** What is asked of the database about these ids. */
      const probed = async (ids: Ids) => {
        const asked: string[] = [];
        const watch = vi.spyOn(DefaultQueryExecutor.prototype, "executeQuery");
        const answer = await ask(row, { bearer: bearers.ana, ids });
        for (const [query] of watch.mock.calls) {
          if (query.parameters.some((value) => Object.values(ids).includes(String(value)))) {
            asked.push(query.sql);
          }
        }
        watch.mockRestore();
        // What is made by the request has an id of its own.
        const text = answer.text.replace(
          /(tpl|rom|mem)_[0-9a-f]{32}|"version":\d+|T[\d:.]+Z/g,
          "$1",
        );
        const onlyTheirs = row.facts.ownLog === true && !text.includes(MAYA);
        return { status: answer.status, text: onlyTheirs ? "" : text, asked };
      };
      const [theirs, none] = [await probed(maya), await probed(nobody)];
      expect(theirs).toEqual(none);
      expect(theirs.text).not.toMatch(/TULIP|secret|con_|apr_/);
      // A row that names no id of hers proves nothing here: it is one of those that have none.
      const names =
        row.facts.path !== undefined || JSON.stringify([row.facts.body?.(maya)]).includes("con_");
      expect(theirs.asked.length > 0).toBe(names);
    },
  );
});

test("a request that is sent again does nothing again", async () => {
  const pushed = office.auth0.phone.pushes(MAYA).length;
  for (const row of rows) {
    const answers = [];
    for (const _ of row.facts.twice) {
      answers.push((await ask(row, { bearer: bearers.maya })).status);
    }
    expect([row.name, ...answers]).toEqual([row.name, ...row.facts.twice]);
  }
  expect(office.auth0.phone.pushes(MAYA).length - pushed).toBeLessThanOrEqual(1);
  expect(office.google.outbox).toEqual([]);
});
