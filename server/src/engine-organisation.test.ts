/** What the organisation sets holds at the wish, and again at the yes; and it says who makes rooms and who is let into one. */
import { BUILT_IN, type InForce, inForce, OrgPolicy } from "@vaultdesk/shared/org-policy.ts";
import { expect, test } from "vitest";

import { ANA, MAYA, office, panel } from "./engine-office.ts";
import { createMover } from "./rooms/change.ts";
import { createMembers } from "./rooms/members.ts";
import { createRooms } from "./rooms/record.ts";

const BLOCKED = ["helio-capital.example"];
const now = () => new Date();

test("a blocked domain gets nothing: not by a wish, and not by a yes to what was asked before it was blocked", async () => {
  const policy: InForce = { ...BUILT_IN };
  const desk = await office({ policy });
  const waiting = await desk.asked(await desk.draft());
  await desk.becomes(waiting, "waiting");
  policy.blocked = BLOCKED;

  const refused = await desk.propose(await desk.draft("Hello again"));
  expect(refused).toMatchObject({
    ok: false,
    problem: { code: "organisation_refuses", detail: `It blocks ${ANA}.` },
  });
  expect(desk.pushes).toHaveLength(1);
  const told = await desk.db.selectFrom("audit").select("entry").execute();
  expect(told.some(({ entry }) => entry.includes('"reason":"organisation_refuses"'))).toBe(true);

  desk.yes();
  await desk.becomes(waiting, "failed");
  expect((await desk.approvals.find(waiting))?.view.ending).toContain(`It blocks ${ANA}.`);
  expect(desk.delivered()).toEqual([]);

  policy.blocked = [];
  await desk.freePhone();
  await desk.becomes(await desk.asked(await desk.draft("Hello at last")), "executed");
  expect(desk.delivered()).toHaveLength(1);
});

test("it says who makes rooms, whom nobody invites, and what no lead can give or leave out", async () => {
  const { db, bus, keyring: keys } = await office();
  const policy: InForce = inForce(
    OrgPolicy.parse({
      recipients: { blocked: BLOCKED },
      roomMakers: ["northgate.example"],
      roles: { counsel: { reach: "circle", without: ["trash_mail"] } },
    }),
  );
  const move = createMover({ db, bus, keys, ceiling: policy.ceiling, now });
  const rooms = createRooms({ db, keys, move, policy, now });
  const members = createMembers({ db, bus, keys, move, policy, now });
  await members.arrive(panel.sub, MAYA);
  await members.arrive("google-oauth2|1002", ANA);

  expect(await rooms.create("google-oauth2|1002", "Falcon")).toMatchObject({
    problem: { code: "organisation_refuses" },
  });
  const made = await rooms.create(panel.sub, "Falcon");
  if (!made.ok) throw new Error(made.problem.code);
  const { id, version, roles } = made.value;
  expect(await members.invite(panel.sub, id, ANA, "observer")).toMatchObject({
    problem: { code: "organisation_refuses", detail: `It blocks ${ANA}.` },
  });
  const more = { ...roles, counsel: { ...roles.counsel, reach: "anyone" as const } };
  expect(await rooms.changeRoles(panel.sub, id, version, more)).toMatchObject({
    problem: { code: "beyond_policy", detail: "Too much: counsel: write to anyone." },
  });

  // A room that was given more before: the ceiling of now holds over it.
  const before = createRooms({ db, keys, move, policy: BUILT_IN, now });
  expect(await before.changeRoles(panel.sub, id, version, more)).toMatchObject({ ok: true });
  expect((await rooms.view(panel.sub, id))?.roles.counsel.reach).toBe("circle");
});
