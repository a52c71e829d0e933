/** All approvals of the signed-in user, for the bar and the badge; those of the shown conversation come live from its events. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import { useEffect, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { messages } from "../../messages/protocol.ts";
import { tell } from "../../messages/send.ts";
import { useVisible } from "../use-visible.ts";

const AGAIN_MS = 20_000;

interface Listed {
  /** Whose they are, and which states of the shown conversation they were asked for. */
  sub: string | undefined;
  states: string;
  approvals: readonly ApprovalView[];
}

export function useOpenApprovals(
  call: Call,
  sub: string | undefined,
  live: readonly ApprovalView[],
): readonly ApprovalView[] {
  const [listed, setListed] = useState<Listed>({ sub: undefined, states: "", approvals: [] });
  const visible = useVisible();
  const states = live.map((approval) => approval.id + approval.state).join();

  const newer = new Map(live.map((approval) => [approval.id, approval]));
  const others = listed.sub === sub ? listed.approvals : [];
  const all = [...live, ...others.filter((approval) => !newer.has(approval.id))].filter(
    (approval) => isOpen(approval.state),
  );

  const count = all.length;
  const waiting = count > 0;

  useEffect(() => {
    if (sub === undefined || !visible) return undefined;
    let on = true;
    const read = async () => {
      const reply = await call(routes.approvals);
      if (on && reply.ok) setListed({ sub, states, approvals: reply.value.approvals });
    };
    detach(read());
    const timer = waiting ? setInterval(() => detach(read()), AGAIN_MS) : undefined;
    return () => {
      on = false;
      clearInterval(timer);
    };
  }, [call, sub, visible, states, waiting]);

  useEffect(() => {
    if (sub !== undefined) detach(tell(messages.openApprovals, { type: "approvals.open", count }));
  }, [sub, count]);
  return all;
}
