/** Letters that are not what they seem: invisible ones, ones that turn text around, look-alikes of other alphabets. Pure. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

export function strangeLetters(text: string): "bidi_or_invisible" | "homograph" | undefined {
  if (INVISIBLE.test(text)) return "bidi_or_invisible";
  return LATIN.test(text) && OTHER.test(text) ? "homograph" : undefined;
}
