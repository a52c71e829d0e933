/**
 * Preload (`node --import`) that refuses every connection and look-up outside the loopback range, loudly: the process that tried fails.
 * For tests and the demo; a test of the guard itself stands beside it.
 */
import net from "node:net";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|)$/i;

export class OutsideLoopback extends Error {
  override readonly name = "OutsideLoopback";
  readonly code = "OUTSIDE_LOOPBACK";
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.replace(/^\[|\]$/g, ""));
}

/** The host that `net.connect` was asked for; "" is a path (IPC) or the default, which is localhost. */
function hostOf(args: readonly unknown[]): string {
  const [first, second] = args;
  const head: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof head === "object" && head !== null) {
    if (Reflect.get(head, "path") !== undefined) return "";
    const host: unknown = Reflect.get(head, "host") ?? Reflect.get(head, "hostname");
    return typeof host === "string" ? host : "";
  }
  return typeof second === "string" ? second : "";
}

/** Installs the guard; `onAttempt` hears of each refused host. */
export function guardLoopback(onAttempt: (host: string) => void): () => void {
  const connect: unknown = Reflect.get(net.Socket.prototype, "connect");
  if (typeof connect !== "function") throw new TypeError("net.Socket has no connect");
  const guarded = function guarded(this: net.Socket, ...args: unknown[]): unknown {
    const host = hostOf(args);
    if (!isLoopback(host)) {
      onAttempt(host);
      this.destroy(new OutsideLoopback(`a connection to ${host} was refused: loopback only`));
      return this;
    }
    return Reflect.apply(connect, this, args);
  };
  Reflect.set(net.Socket.prototype, "connect", guarded);
  return () => {
    Reflect.set(net.Socket.prototype, "connect", connect);
  };
}
