/**
 * Text as a person reads it in the panel, for judging only: no markup, no invisible or combining characters, look-alike letters as
 * the Latin ones, text that is turned around by a bidi override the right way. Pure; never shown.
 */
/** Cyrillic and Greek letters, each above the Latin one that it looks like. */
const STRANGE = "аеорсухѕіјԁѵԛԝһӏтнмквαεορτνιυκ";
const LATIN = "aeopcyxsijdvqwhlthmkbaeoptviuk";

const TAG =
  /<\/?[a-z][a-z0-9-]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[\w./:#-]+))?)*\s*\/?>|<!--[^>]{0,600}-->/gi;

function entity(_: string, code: string): string {
  const number = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  return number <= 0x10ffff ? String.fromCodePoint(number) : "";
}

function latin(char: string): string {
  const lower = char.toLowerCase();
  const like = LATIN.charAt(STRANGE.indexOf(lower));
  if (like === "") return char;
  return char === lower ? like : like.toUpperCase();
}

export function asRead(text: string): string {
  return (
    text
      .replace(/\u202e([^\u202c\n]*)/gu, (_, turned: string) =>
        Array.from(turned).toReversed().join(""),
      )
      .replace(/&#(x[0-9a-f]{1,6}|\d{1,7});/gi, entity)
      .replace(/&(?:nbsp|ensp|emsp|thinsp);/gi, " ")
      .replace(/&(?:shy|zwnj|zwj|ZeroWidthSpace|NoBreak|lrm|rlm);/gi, "")
      .replace(/&(?:apos|rsquo|lsquo);/gi, "'")
      // Before NFKD: it makes a space and a mark of the acute accent.
      .replace(/[‘’ʼ´′＇]/gu, "'")
      .normalize("NFKD")
      .replace(/[\p{Cf}\p{DI}\p{M}]/gu, "")
      .replace(/[\u0370-\u052f]/gu, latin)
      .replace(TAG, "")
      .replace(/!?\[([^[\]\n]*)\]\([^()\n]*\)/g, "$1")
      .replace(/[*_~`\\]+/g, "")
      .replace(/(^|\n)[^\S\n]*(?:[#>+-]\s*)+/g, "$1")
      .replace(/\s+/g, " ")
      .trim()
  );
}
