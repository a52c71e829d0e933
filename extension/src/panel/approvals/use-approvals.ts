/** All approvals of the signed-in user, for the bar and the badge, read again as they move; those of the shown conversation come live from its events. */
import { routes } from "@vaultdesk/shared/api.ts";
import { type ApprovalView, isOpen } from "@vaultdesk/shared/approval.ts";
import { useEffect, useState } from "react";

import type { Call } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { messages } from "../../messages/protocol.ts";
import { tell } from "../../messages/send.ts";
import { useVisible } from "../use-visible.ts";

interface Listed {
  /** Whose they are, and at which turn and move they were read. */
  sub: string | undefined;
  at: string;
  approvals: readonly ApprovalView[];
  /** What others asked for and this panel has shown: it stays until its end was read. */
  seen: ReadonlySet<string>;
}

export interface Requests {
  /** Of this person, and of others to them. */
  open: readonly ApprovalView[];
  /** What others ask of this person. */
  asked: readonly ApprovalView[];
  again: () => void;
}

const NONE: Listed = { sub: undefined, at: "", approvals: [], seen: new Set() };

const isAsked = ({ asker }: ApprovalView) => asker !== undefined;

export function useOpenApprovals(
  call: Call,
  sub: string | undefined,
  live: readonly ApprovalView[],
  moves: number,
): Requests {
  const [listed, setListed] = useState<Listed>(NONE);
  const [turn, setTurn] = useState(0);
  const visible = useVisible();
  const at = `${turn}.${moves}`;

  const newer = new Map(live.map((approval) => [approval.id, approval]));
  const others = listed.sub === sub ? listed.approvals : [];
  const all = [...live, ...others.filter((approval) => !newer.has(approval.id))].filter(
    (approval) => isOpen(approval.state),
  );

  const count = all.length;
  const asked = others.filter(
    (approval) => isAsked(approval) && (isOpen(approval.state) || listed.seen.has(approval.id)),
  );

  useEffect(() => {
    if (sub === undefined || !visible) return undefined;
    let on = true;
    const read = async () => {
      const reply = await call(routes.approvals);
      if (!on || !reply.ok) return;
      const { approvals } = reply.value;
      const now = approvals.filter((one) => isAsked(one) && isOpen(one.state)).map(({ id }) => id);
      setListed(({ seen }) => ({ sub, at, approvals, seen: new Set([...seen, ...now]) }));
    };
    detach(read());
    return () => {
      on = false;
    };
  }, [call, sub, visible, at]);

  useEffect(() => {
    if (sub !== undefined) detach(tell(messages.openApprovals, { type: "approvals.open", count }));
  }, [sub, count]);
  return { open: all, asked, again: () => setTurn((before) => before + 1) };
}
