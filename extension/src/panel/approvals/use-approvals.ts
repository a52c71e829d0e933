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
/** What others ask for has no conversation here that would tell how it moves. */
const ASKED_MS = 4000;

interface Listed {
  /** Whose they are, and for which turn and states of the shown conversation they were read. */
  sub: string | undefined;
  states: string;
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

const NONE: Listed = { sub: undefined, states: "", approvals: [], seen: new Set() };

const isAsked = ({ asker }: ApprovalView) => asker !== undefined;

export function useOpenApprovals(
  call: Call,
  sub: string | undefined,
  live: readonly ApprovalView[],
): Requests {
  const [listed, setListed] = useState<Listed>(NONE);
  const [turn, setTurn] = useState(0);
  const visible = useVisible();
  const states = [turn, ...live.map((approval) => approval.id + approval.state)].join();

  const newer = new Map(live.map((approval) => [approval.id, approval]));
  const others = listed.sub === sub ? listed.approvals : [];
  const all = [...live, ...others.filter((approval) => !newer.has(approval.id))].filter(
    (approval) => isOpen(approval.state),
  );

  const count = all.length;
  const asked = others.filter(
    (approval) => isAsked(approval) && (isOpen(approval.state) || listed.seen.has(approval.id)),
  );
  const ms = asked.some(({ state }) => isOpen(state)) ? ASKED_MS : AGAIN_MS;

  useEffect(() => {
    if (sub === undefined || !visible) return undefined;
    let on = true;
    const read = async () => {
      const reply = await call(routes.approvals);
      if (!on || !reply.ok) return;
      const { approvals } = reply.value;
      const now = approvals.filter((one) => isAsked(one) && isOpen(one.state)).map(({ id }) => id);
      setListed(({ seen }) => ({ sub, states, approvals, seen: new Set([...seen, ...now]) }));
    };
    detach(read());
    const timer = setInterval(() => detach(read()), ms);
    return () => {
      on = false;
      clearInterval(timer);
    };
  }, [call, sub, visible, states, ms]);

  useEffect(() => {
    if (sub !== undefined) detach(tell(messages.openApprovals, { type: "approvals.open", count }));
  }, [sub, count]);
  return { open: all, asked, again: () => setTurn((before) => before + 1) };
}
