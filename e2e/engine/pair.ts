/** A deal room of an analyst, whose outside mail needs the lead, and that lead: with a thread of the deal in both mailboxes. */
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { routes } from "@vaultdesk/shared/api.ts";
import { DEFAULT_ROLES } from "@vaultdesk/shared/role.ts";
import { CONNECT_SCOPES } from "@vaultdesk/shared/scope.ts";
import { type Visitor, visit } from "@vaultdesk/standins/visitor.ts";
import type { Inhabitant, World } from "@vaultdesk/standins/world.ts";

import { ANA } from "./asking-model.ts";
import { createPanel, type Panel } from "./panel.ts";

export interface Pair {
  /** The lead's. */
  panel: Panel;
  /** In the analyst's mailbox. */
  threadId: string;
}

export async function arrive(world: World, { sub, email }: Inhabitant): Promise<Visitor> {
  const one = await visit(world.auth0, EXTENSION_ID, sub);
  await one.connect(email, CONNECT_SCOPES);
  return one;
}

export async function pairUp(
  world: World,
  serverUrl: () => string,
  analyst: { visitor: Visitor; email: string },
  lead: Inhabitant,
): Promise<Pair> {
  const panel = createPanel((await arrive(world, lead)).api, serverUrl);
  const other = createPanel(analyst.visitor.api, serverUrl);
  const raw = Buffer.from(
    `Message-ID: <${analyst.email}>\r\nFrom: ${ANA}\r\nTo: ${analyst.email}, ${lead.email}\r\nSubject: Falcon\r\n\r\nAs agreed.\r\n`,
  );
  const threadIn = async (mailbox: string) => {
    await world.google.importMail(mailbox, [{ raw }]);
    return world.google.mailbox(mailbox).threads()[0]?.threadId ?? "";
  };
  await Promise.all([panel.call(routes.session), other.call(routes.session)]);
  const room = await panel.call(routes.createRoom, { codeName: "Falcon" });
  if (room === undefined) throw new Error("no room was made");
  const { id, version, details } = room;
  const circle = [{ who: ANA, side: "counterparty" as const }];
  await panel.call(routes.changeRoom, { version, details: { ...details, circle } }, { id });
  const roles = {
    ...DEFAULT_ROLES,
    analyst: { ...DEFAULT_ROLES.analyst, reach: "circle" as const },
  };
  await panel.call(routes.changeRoles, { version: version + 1, roles }, { id });
  await panel.call(routes.inviteMember, { address: analyst.email, role: "analyst" }, { id });
  await panel.call(routes.addThread, { threadId: await threadIn(lead.email) }, { id });
  const joined = await other.call(routes.rooms);
  if (joined?.rooms[0]?.threads !== 1) throw new Error("the analyst has no room with a thread");
  return { panel, threadId: await threadIn(analyst.email) };
}
