/** Carries out steps one by one and stops at the first that fails: what was done is found again by the next run. */
import { z } from "zod";

import { type Role, ROLES } from "./installation.ts";
import type { Failure, Management } from "./management.ts";
import { idOf, type Step } from "./step.ts";

export type Applied = { ok: true } | { ok: false; step: Step; failure: Failure };

const Made = z.object({ client_id: z.string() });

export async function applySteps(
  management: Management,
  steps: readonly Step[],
  done: (step: Step) => void,
): Promise<Applied> {
  const ids = new Map<Role, string>();
  for (const step of steps) {
    const { method, path, body } = step.request;
    const reply = await management.ask(method, path, withIds(body, ids));
    // What was to be deleted may be gone already: an answer was lost, or somebody was quicker.
    const gone = !reply.ok && reply.reason === "absent" && method === "DELETE";
    if (!reply.ok && !gone) return { ok: false, step, failure: reply };
    const made = Made.safeParse(reply.ok ? reply.body : undefined);
    if (step.makes !== undefined && made.success) ids.set(step.makes, made.data.client_id);
    done(step);
  }
  return { ok: true };
}

/** Ids stand at the top of a body, or of the rows of a list. */
function withIds(body: unknown, ids: ReadonlyMap<Role, string>): unknown {
  if (Array.isArray(body)) return body.map((row) => withIds(row, ids));
  if (typeof body !== "object" || body === null || !("client_id" in body)) return body;
  const role = ROLES.find((one) => body.client_id === idOf(one));
  return role === undefined ? body : { ...body, client_id: ids.get(role) };
}
