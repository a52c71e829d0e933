/** The worker: menu, toolbar icon, badge, sign-in window, routing. Keeps nothing in globals: it is killed after 30 idle seconds. */
import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";

import { detach } from "../detach.ts";
import { listen, row } from "../messages/listen.ts";
import { messages } from "../messages/protocol.ts";
import { fromGmail, fromOffscreen, fromPanel } from "../messages/senders.ts";
import { BADGE_ALARM, refreshBadge, showOpenApprovals } from "../worker/badge.ts";
import { admit, forgetFrame, registerFrame } from "../worker/frames.ts";
import { launch } from "../worker/launch.ts";
import { relayStorage } from "../worker/layout.ts";
import { createMenu, onMenuClick } from "../worker/menu.ts";
import { ensureOffscreen } from "../worker/offscreen.ts";
import { takePending } from "../worker/pending.ts";
import { readPolicy } from "../worker/policy.ts";
import { showPanel } from "../worker/show.ts";
import { takeUpdate, UPDATE_ALARM, updateAvailable } from "../worker/update.ts";

const GMAIL = "https://mail.google.com/";
/** In the manifest's `commands`. */
const REACH_PANEL = "reach-panel";

const rows = [
  row({
    from: fromPanel,
    schema: messages.hello.request,
    handle: ({ nonce }, sender) => admit(sender, nonce),
  }),
  row({ from: fromPanel, schema: messages.openSession.request, handle: () => ensureOffscreen() }),
  row({
    from: fromPanel,
    schema: messages.takePending.request,
    handle: async ({ tabId }, sender) => ({
      pending: await takePending(sender.tab?.id ?? tabId, Date.now()),
    }),
  }),
  row({
    from: fromPanel,
    schema: messages.openApprovals.request,
    handle: ({ count }) => showOpenApprovals(count),
  }),
  row({
    from: (sender) => fromPanel(sender) || fromOffscreen(sender),
    schema: messages.policy.request,
    handle: () => readPolicy(),
  }),
  row({
    from: fromOffscreen,
    schema: messages.launch.request,
    handle: ({ url, interactive }) => launch(url, interactive),
  }),
  row({
    from: fromGmail,
    schema: messages.registerFrame.request,
    handle: async ({ nonce }, sender) => {
      if (sender.tab?.id !== undefined) await registerFrame(sender.tab.id, nonce);
    },
  }),
];

export default defineBackground({
  type: "module",
  main() {
    listen(rows);
    browser.runtime.onInstalled.addListener(() => {
      detach(createMenu());
      detach(relayStorage());
    });
    browser.runtime.onUpdateAvailable.addListener(() => detach(updateAvailable(Date.now())));
    browser.contextMenus.onClicked.addListener((item, tab) => detach(onMenuClick(item, tab)));
    browser.action.onClicked.addListener((tab) => {
      detach(
        (async () => {
          if (tab.id !== undefined && (await showPanel(tab.id, "toggle"))) return;
          await browser.tabs.create({ url: GMAIL });
        })(),
      );
    });
    browser.commands.onCommand.addListener((name, tab) => {
      if (name === REACH_PANEL && tab?.id !== undefined) detach(showPanel(tab.id, "reach"));
    });
    browser.alarms.onAlarm.addListener((alarm) => {
      if (alarm.name === BADGE_ALARM) detach(refreshBadge());
      if (alarm.name === UPDATE_ALARM) detach(takeUpdate(Date.now()));
    });
    browser.tabs.onRemoved.addListener((tabId) => detach(forgetFrame(tabId)));
  },
});
