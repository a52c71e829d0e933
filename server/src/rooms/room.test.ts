import { newId, RoomId } from "@vaultdesk/shared/id.ts";
import { DEFAULT_ROLES } from "@vaultdesk/shared/role.ts";
import { expect, test } from "vitest";

import { newKey } from "../store/crypto.ts";
import { createKeyring } from "../store/keys.ts";
import { openStore } from "../store/open.ts";
import { openRoom, type RoomFields, sealedBody } from "./room.ts";

test("a room of before the tracker opens with it; one whose lead took it away since opens without", async () => {
  const { db, close } = await openStore({ file: ":memory:" });
  const keys = createKeyring(db, newKey(), () => new Date());
  const id = RoomId.parse(newId("rom"));
  const wrapped = keys.wrappedForRoom(id);
  const key = keys.ofRoom(id, wrapped);
  const { analyst } = DEFAULT_ROLES;
  const roles = { ...DEFAULT_ROLES, analyst: { ...analyst, rights: ["threads" as const] } };
  const details = { codeName: "Falcon", stage: "teaser" as const, circle: [], dates: [] };
  const row = (sealed: Uint8Array): RoomFields => ({
    id,
    key_wrapped: wrapped,
    body_sealed: sealed,
    state: "open",
    wall: null,
    wall_side: null,
    version: 1,
    created_at: "2026-11-27T00:00:00.000Z",
    thread_count: 0,
  });
  const before = key.seal(JSON.stringify({ details, roles }), `rooms/${id}/body`);
  expect(openRoom(row(before), keys).roles.analyst.rights).toEqual(["threads", "tracker"]);
  const since = sealedBody({ id, key }, { details, roles, rules: [], tiers: {} });
  expect(openRoom(row(since), keys).roles.analyst.rights).toEqual(["threads"]);
  await close();
});
