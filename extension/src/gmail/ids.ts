/** Gmail's two forms of an id. `thread-f:` and `msg-f:` hold the API id in decimal; `-a:` ids are not yet synced and have none. Pure. */

const HEX = /^[0-9a-f]{15,17}$/;

export function hexId(value: string | null): string | undefined {
  return value !== null && HEX.test(value) ? value : undefined;
}

export function decimalId(value: string | null, kind: "thread" | "msg"): string | undefined {
  const digits = value?.match(new RegExp(`^#?${kind}-f:(\\d{1,20})$`))?.[1];
  return digits === undefined ? undefined : hexId(BigInt(digits).toString(16));
}
