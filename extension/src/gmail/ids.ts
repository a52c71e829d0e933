/** Gmail's two forms of an id. `thread-f:` and `msg-f:` hold the API id in decimal; `-a:` ids are not yet synced and have none. Pure. */

const HEX = /^[0-9a-f]{15,17}$/;

type Kind = "thread" | "msg";

export function hexId(value: string | null): string | undefined {
  return value !== null && HEX.test(value) ? value : undefined;
}

export function decimalId(value: string | null, kind: Kind): string | undefined {
  const digits = value?.match(new RegExp(`^#?${kind}-f:(\\d{1,20})$`))?.[1];
  return digits === undefined ? undefined : hexId(BigInt(digits).toString(16));
}

/** Made in this browser, on its way to Gmail's servers. */
export function isUnsynced(value: string | null, kind: Kind): boolean {
  return value !== null && new RegExp(`^#?${kind}-a:`).test(value);
}

/** The thread of a `jslog`: `20686; 1:BASE64; ...` where the base64 is `["#thread-f:DECIMAL"]`. */
export function loggedThreadId(jslog: string | null): string | undefined {
  for (const [, packed] of jslog?.matchAll(/\d+:([A-Za-z0-9+/_-]{16,})/g) ?? []) {
    const named = unpack(packed ?? "").match(/^\["#?\??(thread-f:\d{1,20})"/)?.[1];
    if (named !== undefined) return decimalId(named, "thread");
  }
  return undefined;
}

function unpack(base64: string): string {
  try {
    return atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
