/** What the organisation set, to whoever works under it. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";
import { Hono } from "hono";

import { type AppEnv, reply } from "../http.ts";
import { makesRooms } from "./recipients.ts";

export interface OrganisationDeps {
  policy: InForce;
  /** Of the mailbox that a person has connected. */
  addressOf(sub: string): Promise<string | undefined>;
}

export function organisationRoutes({ policy, ...deps }: OrganisationDeps) {
  return new Hono<AppEnv>().get(routes.orgPolicy.path, async (c) => {
    const { roomMakers, models, only, ownSide, ...rest } = policy;
    // Who has no mailbox yet is told of that when they try.
    const mailbox =
      roomMakers === undefined ? undefined : await deps.addressOf(c.var.principal.sub);
    return reply(c, routes.orgPolicy, {
      set: rest.set,
      blocked: [...rest.blocked],
      ceiling: rest.ceiling,
      pinned: rest.pinned,
      keep: rest.keep,
      makesRooms: mailbox === undefined || makesRooms(policy, mailbox),
      ...(models === undefined ? {} : { models: [...models] }),
      ...(only === undefined ? {} : { only: [...only] }),
      ...(ownSide.length === 0 ? {} : { ownSide: [...ownSide] }),
    });
  });
}
