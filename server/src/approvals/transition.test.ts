import { ApprovalState } from "@vaultdesk/shared/approval.ts";
import { describe, expect, test } from "vitest";

import { afterPoll, isEnded, mayMove } from "./transition.ts";

const at = { now: 100_000, expiresAt: 160_000, intervalMs: 5000 };

describe("moves", () => {
  test("executing is reached from approved alone, approved from waiting, a refused loan or a settled part of a bundle", () => {
    const states = ApprovalState.options;
    expect(states.filter((from) => mayMove(from, "executing"))).toEqual(["approved"]);
    expect(states.filter((from) => mayMove(from, "approved"))).toEqual([
      "waiting",
      "executing",
      "unknown",
    ]);
    expect(states.filter((from) => mayMove(from, "executed"))).toEqual(["executing", "unknown"]);
  });

  test("an ended approval never moves", () => {
    for (const from of ApprovalState.options.filter(isEnded)) {
      expect(ApprovalState.options.filter((to) => mayMove(from, to))).toEqual([]);
    }
  });
});

describe("the phone's answer", () => {
  test("no answer means no: past the deadline a pending request expires", () => {
    expect(afterPoll({ kind: "pending" }, { ...at, now: 170_000 })).toEqual({ to: "expired" });
  });

  test("an early refusal is a denial", () => {
    expect(afterPoll({ kind: "access_denied" }, at)).toEqual({ to: "denied" });
  });

  test("a refusal within one poll of the deadline is not called a denial", () => {
    expect(afterPoll({ kind: "access_denied" }, { ...at, now: 156_000 })).toEqual({
      to: "expired",
    });
  });

  test("slow_down waits at least five seconds longer, and as long as it was told", () => {
    expect(afterPoll({ kind: "slow_down", retryAfterSeconds: undefined }, at)).toEqual({
      to: "waiting",
      intervalMs: 10_000,
      nextPollAt: 110_000,
    });
    expect(afterPoll({ kind: "slow_down", retryAfterSeconds: 30 }, at)).toMatchObject({
      nextPollAt: 130_000,
    });
  });

  test("an unreachable tenant is asked again, and is never a yes or a no", () => {
    expect(afterPoll({ kind: "unreachable" }, at)).toEqual({
      to: "waiting",
      intervalMs: 5000,
      nextPollAt: 105_000,
    });
  });

  test("a token is not an approval before it is checked", () => {
    expect(afterPoll({ kind: "token", accessToken: "t" }, at)).toEqual({
      to: "check",
      accessToken: "t",
    });
  });
});
