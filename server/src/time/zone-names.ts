/** Zones as people write them after a time: "10am ET", "9:00 London time". Tables only. */
import { isZone } from "./zone.ts";

const ZONES: readonly [names: string, zone: string][] = [
  ["et|est|edt|eastern|new york|ny|boston", "America/New_York"],
  ["ct|cdt|central|chicago", "America/Chicago"],
  ["mt|mdt|mountain|denver", "America/Denver"],
  ["pt|pst|pdt|pacific|san francisco|los angeles|california", "America/Los_Angeles"],
  ["utc|gmt|z|zulu", "UTC"],
  ["london|uk|bst", "Europe/London"],
  ["cet|cest|mez|mesz|berlin|frankfurt|munich|german", "Europe/Berlin"],
  ["paris|french", "Europe/Paris"],
  ["zurich|geneva|swiss", "Europe/Zurich"],
  ["madrid|spanish", "Europe/Madrid"],
  ["milan|rome", "Europe/Rome"],
  ["amsterdam", "Europe/Amsterdam"],
  ["dubai|gst", "Asia/Dubai"],
  ["mumbai|delhi|india", "Asia/Kolkata"],
  ["singapore|sgt", "Asia/Singapore"],
  ["hong kong|hkt", "Asia/Hong_Kong"],
  ["tokyo|jst|japan", "Asia/Tokyo"],
  ["sydney|aest|aedt", "Australia/Sydney"],
];

const NAMES = ZONES.map(([names]) => names).join("|");
const NAMED = new RegExp(`[\\s(]+(${NAMES})(?:\\s+time)?\\)?\\s*$`, "i");
const IANA = /[\s(]+([A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)\)?\s*$/;

/** The words without the zone that ends them, and that zone. */
export function splitZone(words: string): { words: string; zone: string | undefined } {
  const iana = IANA.exec(words);
  if (iana?.[1] !== undefined && isZone(iana[1])) {
    return { words: words.slice(0, iana.index), zone: iana[1] };
  }
  const named = NAMED.exec(words);
  const name = named?.[1]?.toLowerCase();
  const zone = ZONES.find(([names]) => names.split("|").includes(name ?? ""))?.[1];
  return named === null || zone === undefined
    ? { words, zone: undefined }
    : { words: words.slice(0, named.index), zone };
}
