/** An event of a deal room, on either store: made under the room's rules, it is hidden from whoever comes to stand across the room's wall. */
import { routes } from "@vaultdesk/shared/api.ts";
import { RoomView } from "@vaultdesk/shared/room.ts";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { deal } from "./engine-deal.ts";
import { ANA_MAIL, MAYA, MAYA_MAIL } from "./testing.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["sqlite", "postgres"] as const)("on %s", async (kind) => {
  const office = await deal(kind);
  const { call, maya, ana } = office;
  const walled = async (who: typeof maya, codeName: string, side: string) => {
    const made = await call(who, routes.createRoom, {}, { codeName });
    const { id } = RoomView.parse(made.body);
    const wall = async () => {
      const { version, details } = RoomView.parse((await call(who, routes.room, { id })).body);
      const body = { version, details: { ...details, wall: { name: "Helio", side } } };
      expect((await call(who, routes.changeRoom, { id }, body)).problem).toBeUndefined();
    };
    return { id, wall };
  };
  const calendar = async (who: typeof maya) =>
    JSON.stringify((await call(who, routes.calendar)).body);
  try {
    for (const who of [maya, ana]) await call(who, routes.session);
    const buy = await walled(maya, "Falcon", "Buy side");
    const sell = await walled(ana, "Heron", "Sell side");
    const threadId = office.threadOf(MAYA_MAIL, "NDA");

    // One in the room's conversation, one in none; Ana is a guest of both.
    const meet = async (title: string, when: string, thread?: string) => {
      const use = toolUse("create_calendar_event", {
        title,
        when,
        minutes: 30,
        guests: [ANA_MAIL],
      });
      office.bedrock.setModel(scriptedModel([use, "Done."]));
      const text = `Schedule ${title} with ${ANA_MAIL}`;
      const before = office.auth0.phone.pushes(MAYA).length;
      const body = { text, timeZone: "UTC", ...(thread === undefined ? {} : { threadId: thread }) };
      await call(maya, routes.startRun, {}, body);
      await vi.waitFor(() => {
        const push = office.auth0.phone.pushes(MAYA).at(before);
        if (push === undefined) throw new Error("not asked");
        office.auth0.phone.approve(push.id);
      }, 5000);
      await vi.waitFor(async () => {
        expect(await calendar(ana)).toContain(title);
        // Else what the next one is told to do is done by this one.
        const states = await office.db.selectFrom("runs").select("state").execute();
        expect(states.every(({ state }) => state === "ended")).toBe(true);
      }, 5000);
    };
    await meet("Lunch", "tomorrow at 1pm");
    await call(maya, routes.addThread, { id: buy.id }, { threadId });
    await meet("Kestrel closing", "tomorrow at 3pm", threadId);

    await buy.wall();
    expect(await calendar(ana)).toContain("Kestrel");
    await sell.wall();
    const hers = await calendar(ana);
    expect(hers).not.toContain("Kestrel");
    expect(hers).toContain("Lunch");
    expect(await calendar(maya)).toContain("Kestrel");
  } finally {
    await office.close();
  }
});
