/** What a search, a thread and a voice are asked of Google with, by the bare client: as many rounds as facts depend on one another. */
import type { Desk } from "./desk.ts";
import { THREADS } from "./letters.ts";

type Users = Awaited<ReturnType<Desk["bare"]>>;

const ME = { userId: "me" };

export async function listOf(users: Users, q: string, maxResults: number): Promise<string[]> {
  const { data } = await users.messages.list({ ...ME, q, maxResults });
  return (data.messages ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
}

export function messageOf(users: Users, id: string) {
  return users.messages.get({ ...ME, id, format: "full" });
}

export async function searched(users: Users): Promise<string[]> {
  const ids = await listOf(users, "paper", 500);
  if (ids.length !== THREADS) throw new Error(`${ids.length} found of ${THREADS}`);
  return ids;
}
