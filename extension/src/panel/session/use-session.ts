/** Sign-in and the Google connection as the panel sees them, and the buttons that change them. */
import { routes, type SessionView } from "@vaultdesk/shared/api.ts";
import type { Problem } from "@vaultdesk/shared/problem.ts";
import { connectScopes, FIRST_SCOPES } from "@vaultdesk/shared/scope.ts";
import { useEffect, useEffectEvent, useState } from "react";

import type { Reply } from "../../api/call.ts";
import { detach } from "../../detach.ts";
import { type FlowEnd, messages } from "../../messages/protocol.ts";
import { send, tell } from "../../messages/send.ts";
import { problemOf } from "../chat/failure.ts";
import type { Line } from "../wire.ts";
import { EVERYWHERE, FORGOTTEN, FORGOTTEN_NOT_AT_GOOGLE } from "./words.ts";

type Gate =
  | { at: "loading" }
  | { at: "signed_out" }
  | { at: "unreachable" }
  | { at: "problem"; problem: Problem }
  | { at: "ready"; session: SessionView };

type Flow = "login" | "connect" | "disconnect" | "logout";

export interface SessionControl {
  gate: Gate;
  /** The window that is open now. */
  busy: Flow | undefined;
  /** One sentence about the last flow that did not end well. */
  notice: string | undefined;
  refresh: () => Promise<void>;
  signIn: () => Promise<void>;
  /** Asks Google for these together with those already granted; without any named, for what VaultDesk begins with. */
  connect: (scopes?: readonly string[]) => Promise<void>;
  /** At Google and at Auth0. */
  disconnect: () => Promise<void>;
  signOut: () => Promise<void>;
  /** On every device; why not, when the server did not take it. */
  signOutEverywhere: () => Promise<Problem | undefined>;
  /** Deletes all that there is of this person; why not, when the server did not do it. */
  forgetMe: () => Promise<Problem | undefined>;
  /** Grows with each flow that ended: who failed for want of a session may try again. */
  epoch: number;
}

const NAMES: Readonly<Record<Flow, string>> = {
  login: "Sign-in",
  connect: "Connecting Google",
  disconnect: "Disconnecting Google",
  logout: "Signing out",
};

const AWAY_MS = 3000;
const STILL_AT_GOOGLE =
  "Disconnected here and at Auth0. Google did not answer, so its own list may still name VaultDesk: take it off at myaccount.google.com/permissions.";

function noticeOf(flow: Flow, end: FlowEnd): string | undefined {
  switch (end.outcome) {
    case "done":
      return undefined;
    case "cancelled":
      return `${NAMES[flow]} was cancelled. Nothing was changed.`;
    case "busy":
      return "Another VaultDesk window is open. Finish or close it first.";
    case "failed":
      return `${NAMES[flow]} did not work: ${end.detail} Nothing was changed.`;
  }
}

function gateOf(reply: Reply<SessionView>): Gate {
  if (reply.ok) return { at: "ready", session: reply.value };
  const { failure } = reply;
  switch (failure.reason) {
    case "signed_out":
      return { at: "signed_out" };
    case "unreachable":
    case "bad_reply":
      return { at: "unreachable" };
    case "refused":
      return failure.problem.code === "signed_out"
        ? { at: "signed_out" }
        : { at: "problem", problem: failure.problem };
  }
}

function start(flow: Flow, scopes: string[]): Promise<FlowEnd> {
  switch (flow) {
    case "login":
      return send(messages.login, { type: "session.login" });
    case "connect":
      return send(messages.connect, { type: "session.connect", scopes });
    case "disconnect":
      return send(messages.disconnect, { type: "session.disconnect" });
    case "logout":
      return send(messages.logout, { type: "session.logout" });
  }
}

async function run(flow: Flow, scopes: string[] = []): Promise<string | undefined> {
  try {
    await send(messages.openSession, { type: "session.open" });
    return noticeOf(flow, await start(flow, scopes));
  } catch (error) {
    const detail = error instanceof Error ? error.message : "It broke off.";
    return noticeOf(flow, { outcome: "failed", detail });
  }
}

export function useSession({ call, signOuts }: Pick<Line, "call" | "signOuts">): SessionControl {
  const [gate, setGate] = useState<Gate>({ at: "loading" });
  const [busy, setBusy] = useState<Flow>();
  const [epoch, setEpoch] = useState(0);
  const [notice, setNotice] = useState<string>();

  const refresh = async () => setGate(gateOf(await call(routes.session)));

  useEffect(() => {
    let live = true;
    const first = async () => {
      const found = gateOf(await call(routes.session));
      if (live) setGate(found);
    };
    detach(first());
    return () => {
      live = false;
    };
  }, [call]);

  // Away is not for good: it is asked again by itself, and at once when the network comes back.
  const away = gate.at === "unreachable";
  const look = useEffectEvent(() => detach(refresh()));
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => look(), AWAY_MS);
    const online = () => look();
    window.addEventListener("online", online);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [away]);

  const through = async (flow: Flow, scopes?: string[]) => {
    setBusy(flow);
    setNotice(undefined);
    const said = await run(flow, scopes);
    setNotice(said);
    await refresh();
    if (flow === "logout") await tell(messages.openApprovals, { type: "approvals.open", count: 0 });
    setEpoch((before) => before + 1);
    setBusy(undefined);
  };

  const out = async () => {
    await through("logout");
    setNotice(EVERYWHERE);
  };
  // Asked for on another device, or in another panel: what this one still has is given back too.
  const toldOut = useEffectEvent(() => {
    if (busy !== "logout") detach(out());
  });
  useEffect(() => {
    const heard = () => toldOut();
    signOuts.addEventListener("everywhere", heard);
    return () => signOuts.removeEventListener("everywhere", heard);
  }, [signOuts]);

  const granted =
    gate.at === "ready" && gate.session.google.state === "connected"
      ? gate.session.google.granted
      : [];

  return {
    gate,
    busy,
    notice,
    refresh,
    signIn: () => through("login"),
    connect: (scopes = FIRST_SCOPES) =>
      through("connect", connectScopes(granted.length === 0 ? FIRST_SCOPES : granted, scopes)),
    async disconnect() {
      // While Auth0 still lends: afterwards nobody here could ask Google.
      const reply = await call(routes.revokeGoogle);
      await through("disconnect");
      if (!reply.ok || !reply.value.revoked) setNotice(STILL_AT_GOOGLE);
    },
    signOut: () => through("logout"),
    async signOutEverywhere() {
      setBusy("logout");
      const reply = await call(routes.signOutEverywhere);
      if (reply.ok || reply.failure.reason === "signed_out") {
        await out();
        return undefined;
      }
      setBusy(undefined);
      return problemOf(reply.failure);
    },
    async forgetMe() {
      setBusy("logout");
      const reply = await call(routes.forgetMe);
      if (!reply.ok) {
        setBusy(undefined);
        return problemOf(reply.failure);
      }
      // Auth0's vault lends nothing any more; whoever is signed out there can't say so.
      await run("disconnect");
      await through("logout");
      setNotice(reply.value.revoked ? FORGOTTEN : FORGOTTEN_NOT_AT_GOOGLE);
      return undefined;
    },
    epoch,
  };
}
