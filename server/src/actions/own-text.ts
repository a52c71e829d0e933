/** What a person wrote themselves in a sent mail: no quoted or forwarded text, no signature. Pure. */

/** The line that begins what others wrote, in the words of the usual mail programs. */
const ORIGINAL_HEADS: readonly RegExp[] = [
  /^On\b[^\n]{4,300}(?:\n[^\n]{0,200})?\bwrote:\s*$/m,
  /^Am\b[^\n]{4,300}(?:\n[^\n]{0,200})?\bschrieb\b[^\n]{0,200}:\s*$/m,
  /^Le\b[^\n]{4,300}(?:\n[^\n]{0,200})?\ba écrit\s*:\s*$/m,
  /^El\b[^\n]{4,300}(?:\n[^\n]{0,200})?\bescribió:\s*$/m,
  /^Il\b[^\n]{4,300}(?:\n[^\n]{0,200})?\bha scritto:\s*$/m,
  /^-{2,}\s*(?:Forwarded|Original|Weitergeleitete|Ursprüngliche)\b[^\n]*$/im,
];
const QUOTE_HEADS: readonly RegExp[] = [
  ...ORIGINAL_HEADS,
  /^(?:From|Von|De|Da):[^\n]+\n(?:Sent|Date|To|Gesendet|Datum|An|Envoyé|Enviado|Inviato)[^\n]*:/m,
  /^_{10,}\s*$/m,
  /^>/m,
];
const SIGNATURE = /^(?:-- ?|Sent from my [^\n]{1,40}|Von meinem [^\n]{1,40} gesendet)$/m;
const MOST = 1200;

export function ownText(text: string, signatures: readonly string[]): string {
  const plain = text.replaceAll("\r\n", "\n");
  const ends = [...QUOTE_HEADS, SIGNATURE]
    .map((head) => plain.search(head))
    .filter((at) => at >= 0);
  const own = plain.slice(0, Math.min(plain.length, ...ends)).trim();
  const signature = signatures.find((one) => one !== "" && own.endsWith(one));
  const bare = signature === undefined ? own : own.slice(0, -signature.length).trim();
  return bare.length <= MOST ? bare : `${bare.slice(0, MOST - 1).trimEnd()}…`;
}

/** Where a draft's own words end: its signature, and the original under it, from the blank line above; empty where there is neither. */
export function belowOwn(text: string): string {
  const heads = [/^-- ?$/m, ...ORIGINAL_HEADS].map((head) => text.search(head));
  const at = Math.min(...heads.filter((index) => index >= 0));
  return Number.isFinite(at) ? `\n\n${text.slice(at)}` : "";
}
