/** `audit hold add|list|remove`: what is kept whatever expires or is deleted. */
import { parseArgs } from "node:util";

import { misused, type Outcome } from "../outcome.ts";
import { addHold, type Hold, HOLD_KINDS, holdsOf, removeHold } from "./holds.ts";
import { type Env, withStore } from "./with-store.ts";

function lineOf({ id, kind, target, since }: Hold): string {
  return `${id}  ${kind} ${target}  since ${since}`;
}

function add(args: string[], env: Env): Promise<Outcome> | Outcome {
  const options = { person: { type: "string" }, conversation: { type: "string" } } as const;
  const { values } = parseArgs({ args, options });
  const [kind, other] = HOLD_KINDS.filter((one) => values[one] !== undefined);
  const target = kind === undefined ? undefined : values[kind];
  if (kind === undefined || other !== undefined || target === undefined || target === "") {
    return misused("audit hold add takes --person SUB or --conversation ID");
  }
  return withStore(env, async ({ db, now }) => {
    const hold = await addHold(db, now().toISOString(), kind, target);
    return hold === undefined
      ? { exit: 1, say: [`There is a hold on this ${kind} already: see audit hold list`] }
      : { exit: 0, answer: [lineOf(hold)] };
  });
}

function remove([id, ...more]: string[], env: Env): Promise<Outcome> | Outcome {
  if (id === undefined || more.length > 0) return misused("audit hold remove takes one ID");
  return withStore(env, async ({ db, now }) => {
    const hold = await removeHold(db, now().toISOString(), id);
    return hold === undefined
      ? { exit: 1, say: ["There is no such hold: see audit hold list"] }
      : { exit: 0, answer: [`removed: ${lineOf(hold)}`] };
  });
}

function list(env: Env): Promise<Outcome> {
  return withStore(env, async ({ db }) => ({ exit: 0, answer: (await holdsOf(db)).map(lineOf) }));
}

export async function auditHold([verb, ...args]: string[], env: Env): Promise<Outcome> {
  if (verb === "add") return add(args, env);
  if (verb === "remove") return remove(args, env);
  return verb === "list" ? list(env) : misused("audit hold takes add, list or remove");
}
