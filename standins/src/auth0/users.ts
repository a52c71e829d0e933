/** The tenant's people: who may sign in, their profile claims, and how the Management API tells of them. */
export interface Auth0User {
  /** "google-oauth2|1001" or "auth0|...". */
  sub: string;
  email: string;
  name: string;
  phone: "confirmed" | "pending" | "none";
}

export interface Directory {
  all: readonly Auth0User[];
  find(sub: string): Auth0User | undefined;
}

export function createDirectory(all: readonly Auth0User[]): Directory {
  const bySub = new Map(all.map((user) => [user.sub, user]));
  return { all, find: (sub) => bySub.get(sub) };
}

export function profileOf(user: Auth0User) {
  return {
    sub: user.sub,
    name: user.name,
    nickname: user.email.split("@")[0] ?? user.email,
    email: user.email,
    email_verified: true,
    updated_at: "2026-11-01T00:00:00.000Z",
  };
}
