/** What the list of conversations says of their end by age. Pure. */
const DAY_MS = 86_400_000;
const SOON_DAYS = 7;

export const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});

/** `soon`: it stands out. */
export function endWords(expiresAt: string, now: number): { words: string; soon: boolean } {
  const left = (Date.parse(expiresAt) - now) / DAY_MS;
  if (left > SOON_DAYS)
    return { words: `kept until ${DAY.format(new Date(expiresAt))}`, soon: false };
  const when = left <= 1 ? "within a day" : `in ${Math.ceil(left)} days`;
  return { words: `deleted ${when}, unless you ask something in it`, soon: true };
}
