/** Takes back what a phone was asked for, while nothing was done yet. */
import type { Approvals } from "./record.ts";
import type { Approval } from "./row.ts";

const STOPPED = "You approved it, and then stopped it in the panel.";
export const SIGNED_OUT = "You signed out everywhere.";

export const WITHDRAWABLE = ["proposed", "waiting", "approved"] as const;

/** Moves it to `cancelled` from wherever it is, and answers what it is then. */
export async function withdraw(
  approvals: Approvals,
  { view: { id } }: Approval,
  detail = "",
  /** For the audit row. */
  facts: Readonly<Record<string, string>> = {},
): Promise<Approval | undefined> {
  for (const from of WITHDRAWABLE) {
    const why = from === "approved" && detail === "" ? STOPPED : detail;
    const moved = await approvals.move(id, from, "cancelled", { detail: why, facts });
    if (moved !== undefined) return moved;
  }
  return approvals.find(id);
}
