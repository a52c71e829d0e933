/** The page that holds the session. Answers the panel and the worker; nobody else is heard. */
import { routes } from "@vaultdesk/shared/api.ts";
import { isOpen } from "@vaultdesk/shared/approval.ts";
import { browser } from "wxt/browser";

import { redirectUriOf } from "../../../extension-id.ts";
import { createCall } from "../../api/call.ts";
import { loadConfig } from "../../config.ts";
import { listen, row } from "../../messages/listen.ts";
import { messages } from "../../messages/protocol.ts";
import { send } from "../../messages/send.ts";
import { fromPanel, fromWorker } from "../../messages/senders.ts";
import { createSession } from "../../session/auth0.ts";

const ready = loadConfig().then((config) => {
  const session = createSession(
    config,
    redirectUriOf(browser.runtime.id),
    async (url, interactive) => {
      const { back } = await send(messages.launch, { type: "flow.launch", url, interactive });
      return back;
    },
  );
  const call = createCall({ serverUrl: config.serverUrl, token: (fresh) => session.token(fresh) });
  return { session, call };
});
// Each row tells its caller; without this a missing config.json is also an unhandled rejection.
ready.catch(() => undefined);

async function countApprovals(): Promise<{ count?: number }> {
  const { call } = await ready;
  const reply = await call(routes.approvals);
  if (!reply.ok) return reply.failure.reason === "signed_out" ? { count: 0 } : {};
  return { count: reply.value.approvals.filter((approval) => isOpen(approval.state)).length };
}

listen([
  row({
    from: fromPanel,
    schema: messages.token.request,
    handle: async ({ fresh }) => (await ready).session.token(fresh),
  }),
  row({
    from: fromPanel,
    schema: messages.login.request,
    handle: async () => (await ready).session.login(),
  }),
  row({
    from: fromPanel,
    schema: messages.connect.request,
    handle: async ({ scopes }) => (await ready).session.connect(scopes),
  }),
  row({
    from: fromPanel,
    schema: messages.phone.request,
    handle: async () => (await ready).session.phone(),
  }),
  row({
    from: fromPanel,
    schema: messages.enrol.request,
    handle: async () => (await ready).session.enrol(),
  }),
  row({
    from: fromPanel,
    schema: messages.enrolled.request,
    handle: async ({ id, authSession }) => (await ready).session.enrolled(id, authSession),
  }),
  row({
    from: fromPanel,
    schema: messages.disconnect.request,
    handle: async () => (await ready).session.disconnect(),
  }),
  row({
    from: fromPanel,
    schema: messages.logout.request,
    handle: async () => (await ready).session.logout(),
  }),
  row({ from: fromWorker, schema: messages.countApprovals.request, handle: countApprovals }),
]);
