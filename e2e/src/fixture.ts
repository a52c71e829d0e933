/** A world of its own for each test: stand-ins, server, a Chromium that knows nobody. Fails a test that reached outside loopback. */
import { test as base } from "@playwright/test";
import { EXTENSION_ID } from "@vaultdesk/extension/extension-id.ts";
import { type Inhabitant, type Mail, startWorld, type World } from "@vaultdesk/standins/world.ts";

import { falconCast } from "../../demo/people.ts";
import { createPhones, type Desk, deskAt, openDesk, type Phones } from "./browser.ts";
import { BUILT_SERVER } from "./built-server.ts";
import { createSeat, type Seat } from "./seat.ts";
import { type RunningServer, startServer } from "./server.ts";

export const MAYA = "google-oauth2|1001";
export const MAYA_MAIL = "maya@northgate.example";
export const ANA_MAIL = "ana.ruiz@helio-capital.example";

export interface Settings {
  dark?: boolean;
  /** Seconds until an unanswered approval expires. */
  approvalSeconds?: number;
  tokenSeconds?: number;
  phone?: Inhabitant["phone"];
  /** More mail for Maya. */
  mail?: readonly Mail[];
  /** Who holds copies of Maya's mail, as a colleague has. */
  team?: readonly Pick<Inhabitant, "sub" | "email" | "name">[];
  /** Addresses that Maya also sends from. */
  aliases?: NonNullable<Inhabitant["aliases"]>;
  /** A file with what the organisation sets. */
  policyFile?: string;
}

interface Stage {
  world: World;
  server: RunningServer;
  desk: Desk;
}

export const test = base.extend<Stage & { settings: Settings }, { phones: Phones; seat: Seat }>({
  phones: [
    // Playwright reads the names of the first argument.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const phones = createPhones(true);
      await use(phones);
      await phones.close();
    },
    { scope: "worker" },
  ],
  seat: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const seat = await createSeat();
      await use(seat);
      await seat.close();
    },
    { scope: "worker" },
  ],
  settings: [{}, { option: true }],
  world: async ({ settings, seat }, use) => {
    const { people } = await falconCast();
    const [maya, ...others] = people;
    const first: Inhabitant = {
      ...maya,
      phone: settings.phone ?? maya.phone,
      ...(settings.aliases === undefined ? {} : { aliases: settings.aliases }),
      mail: [...maya.mail, ...(settings.mail ?? [])],
    };
    const world = await startWorld({
      extensionId: EXTENSION_ID,
      people: [
        first,
        ...others,
        ...(settings.team ?? []).map((one) => ({ ...first, ...one, aliases: [] })),
      ],
      intervalSeconds: 1,
      approvalSeconds: settings.approvalSeconds ?? 300,
      shared: seat.shared,
      ...(settings.tokenSeconds === undefined ? {} : { tokenSeconds: settings.tokenSeconds }),
    });
    await use(world);
    await world.close();
  },
  server: async ({ world, settings: { policyFile } }, use) => {
    const program = process.env[BUILT_SERVER];
    const policy = policyFile === undefined ? {} : { POLICY_FILE: policyFile };
    const server = await startServer(
      world.serverEnv(policy),
      program === undefined ? {} : { program },
    );
    await use(server);
    await server.stop();
  },
  desk: async ({ world, server, settings, phones, seat }, use) => {
    const { dark = false } = settings;
    const context = dark ? undefined : await seat.take(world.extensionConfig(server.url));
    const desk =
      context === undefined
        ? await openDesk(world, server.url, { dark, phones })
        : deskAt(context, world, phones);
    await use(desk);
    const outside = [...desk.outside];
    await desk.close();
    if (context !== undefined) await seat.leave();
    if (outside.length > 0) throw new Error(`requests outside loopback: ${outside.join(", ")}`);
  },
});
