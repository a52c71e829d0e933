/** A Gmail label as a way into a deal room, on either store: by hand it is offered, and put on by VaultDesk on the phone's yes it joins. */
import { routes } from "@vaultdesk/shared/api.ts";
import { RoomView } from "@vaultdesk/shared/room.ts";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { deal } from "./engine-deal.ts";
import { gmailClient } from "./google/call.ts";
import { ANA, ANA_MAIL, MAYA, MAYA_MAIL } from "./testing.ts";

const LABEL = "Deals/Falcon";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000000");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "stand-in-secret-access-key-0000000000000");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["sqlite", "postgres"] as const)("on %s", async (kind) => {
  const office = await deal(kind);
  const { call, maya, ana, place } = office;
  try {
    for (const who of [maya, ana]) await call(who, routes.session);
    const made = await call(maya, routes.createRoom, {}, { codeName: "Heron" });
    const { id, version, details } = RoomView.parse(made.body);
    const labelled = { ...details, label: LABEL };
    await call(maya, routes.changeRoom, { id }, { version, details: labelled });
    await call(maya, routes.inviteMember, { id }, { address: ANA_MAIL, role: "observer" });
    await call(ana, routes.rooms);

    // In Ana's own Gmail, as a filter does it: offered to nobody who may not add, and in no room by it.
    const { accessToken } = office.google.issue(MAYA_MAIL, [
      "https://www.googleapis.com/auth/gmail.modify",
    ]);
    const gmail = gmailClient(office.google.url, accessToken);
    const label = await gmail.users.labels.create({ userId: "me", requestBody: { name: LABEL } });
    const threadId = office.threadOf(MAYA_MAIL, "NDA");
    const put = { userId: "me", id: threadId };
    const labelId = label.data.id ?? "";
    await gmail.users.threads.modify({ ...put, requestBody: { addLabelIds: [labelId] } });
    expect(await place(maya, threadId)).toMatchObject({
      rooms: [],
      others: [{ id, why: `it has your label ${LABEL}` }],
    });
    const hers = office.threadOf(ANA_MAIL, "NDA");
    expect(await place(ana, hers)).toEqual({ rooms: [], others: [] });
    await gmail.users.threads.modify({ ...put, requestBody: { removeLabelIds: [labelId] } });
    expect((await place(maya, threadId)).others).toMatchObject([{ id }]);

    // Asked of VaultDesk: the phone says what it comes to, and its yes is what puts it there.
    const asks = async (who: typeof maya, sub: string, thread: string) => {
      const use = toolUse("label_mail", { thread_ids: [thread], add: [LABEL], create: true });
      office.bedrock.setModel(scriptedModel([use, "Done."]));
      const text = `Label this thread as ${LABEL}`;
      await call(who, routes.startRun, {}, { text, timeZone: "UTC", threadId: thread });
      return vi.waitFor(() => {
        const [push] = office.auth0.phone.pushes(sub);
        if (push === undefined) throw new Error("not asked");
        return push;
      }, 5000);
    };
    const push = await asks(maya, MAYA, threadId);
    expect(JSON.stringify(push)).toContain("joins the deal room Heron");
    expect((await place(maya, threadId)).rooms).toEqual([]);
    office.auth0.phone.approve(push.id);
    await vi.waitFor(async () => {
      expect((await place(maya, threadId)).rooms).toMatchObject([{ id }]);
    }, 5000);
    expect((await place(ana, hers)).rooms).toMatchObject([{ id }]);

    // An observer adds nothing to a room, by a label neither.
    const other = office.threadOf(ANA_MAIL, "Lunch");
    expect(JSON.stringify(await asks(ana, ANA, other))).not.toContain("deal room");
  } finally {
    await office.close();
  }
});
