/** People of the sweeps, as many as are needed. */
import type { Inhabitant } from "@vaultdesk/standins/world.ts";

export function inhabitants(count: number): [Inhabitant, ...Inhabitant[]] {
  return [person(0), ...Array.from({ length: count - 1 }, (_, index) => person(index + 1))];
}

export function person(index: number): Inhabitant {
  return {
    sub: `google-oauth2|k${index}`,
    email: `k${index}@northgate.example`,
    name: `Kim ${index}`,
    phone: "confirmed",
    mail: [],
  };
}
