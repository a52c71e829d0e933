/** One way to work on a lent token: a token that Google refuses is forgotten and asked for once more; a refused scope is named. */
import { problem } from "@vaultdesk/shared/problem.ts";
import { missingFor, type ToolName } from "@vaultdesk/shared/scope.ts";

import { type Answer, answer } from "../google/call.ts";
import type { Broker, Grant } from "../vault/broker.ts";

type Missing = Parameters<typeof answer>[1];

export interface Borrower {
  <T>(
    /** Whose scopes are needed; `undefined` for none in particular. */
    tool: ToolName | undefined,
    /** `sub`: whose it is. */
    work: (token: string, sub: string) => Promise<T>,
    missing?: Missing,
    signal?: AbortSignal,
  ): Promise<Answer<T>>;
}

/** Once more where Google refuses the token: the one held may be older than a new consent. A refused scope is named. */
export async function onFreshToken<T>(
  broker: Broker,
  grant: Grant,
  tool: ToolName | undefined,
  attempt: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const first = await attempt();
  if (first.ok || first.problem.code !== "google_reconnect") return withScopes(first, tool);
  broker.forget(grant.sub);
  return withScopes(await attempt(), tool);
}

export function createBorrower({
  broker,
  grant,
}: {
  broker: Broker;
  grant: Grant | undefined;
}): Borrower {
  return <T>(
    tool: ToolName | undefined,
    work: (token: string, sub: string) => Promise<T>,
    missing?: Missing,
    signal?: AbortSignal,
  ): Promise<Answer<T>> => {
    if (grant === undefined) return Promise.resolve({ ok: false, problem: problem("signed_out") });
    return onFreshToken(broker, grant, tool, async () => {
      const loan = await broker.withToken(
        grant,
        tool,
        (token) => answer(() => work(token, grant.sub), missing),
        signal,
      );
      return loan.ok ? loan.value : loan;
    });
  };
}

/** Google's 403 does not say which scope: the tool's own do. */
function withScopes<T>(result: Answer<T>, tool: ToolName | undefined): Answer<T> {
  if (result.ok || tool === undefined || result.problem.code !== "google_scope_missing") {
    return result;
  }
  if (result.problem.scopes !== undefined) return result;
  return { ok: false, problem: { ...result.problem, scopes: missingFor(tool, []) } };
}
