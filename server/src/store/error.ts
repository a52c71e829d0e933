/** Why a store can't be opened, in words that say what to do. Nothing is written to it before it is known to be sound. */

type Reason = "damaged" | "newer" | "wrong_master_key" | "unreachable";

const WORDS: Readonly<Record<Reason, string>> = {
  damaged:
    "the database file is damaged or no database. It was left as it is: restore a backup, or name another file in DATABASE_FILE",
  newer:
    "the database was made by a newer version of VaultDesk. It was left as it is: start that version or a later one",
  wrong_master_key:
    "MASTER_KEY is not the key that this database was made with. Nothing was changed: set the old key again, without it the content can't be read by anybody",
  unreachable:
    "the database does not answer. Check DATABASE_URL, and that Postgres runs and lets this host in",
};

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: Reason;

  constructor(code: Reason, cause: unknown) {
    super(WORDS[code], { cause });
    this.code = code;
  }
}

/** Node's network errors, and Postgres' classes 08 (connection) and 57P (shutdown); postgresql.org/docs/current/errcodes-appendix.html. */
const GONE = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|08|57P)/;
/** What `pg` throws without a code. */
const WORDS_OF_PG =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** True for an error of a query that never reached a database, or lost it on the way. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return GONE.test(code) || WORDS_OF_PG.test(error.message);
}
