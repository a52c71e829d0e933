/**
 * Whether words stand in a text, and as what. Pure.
 * A quote that is to be shown as proof must be there letter by letter; one in running text by its words.
 */

const SAME: readonly string[] = ["'‘’ʼ´`", '"“”„«»', "-‐‑‒–—−"];

function pattern(word: string): string {
  return Array.from(word, (char) => {
    const same = SAME.find((signs) => signs.includes(char));
    return `[${(same ?? char).replace(/[\\\]^-]/g, "\\$&")}]`;
  }).join("");
}

/** Quotation marks and dots that the model put around the words. */
function bare(quote: string): string {
  return quote.replace(/^[\s"“”„«»…]+|[\s"“”„«»…]+$/g, "").replace(/^\.{3}|\.{3}$/g, "");
}

/**
 * The words as they stand in the text, white space folded; `undefined` when they do not. Kinds of white space, quotation mark and dash,
 * and the case of letters, do not count.
 */
export function found(quote: string, text: string): string | undefined {
  const words = bare(quote).split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const stands = new RegExp(words.map(pattern).join("\\s+"), "iu").exec(text);
  return stands?.[0].replace(/\s+/g, " ");
}

/** Letters and figures only: how a text sounds when it is read out. */
export function sound(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return ` ${(words ?? []).join(" ")} `;
}

/** `3.1`, `118`, `24`: without zeros in front, and without the marks between thousands. */
export function figuresIn(text: string): string[] {
  const figures = text.normalize("NFKC").match(/\d+(?:[.,'’]\d+)*/g) ?? [];
  return figures.map((figure) =>
    figure
      .replace(/[.,'’](?=\d{3}(?!\d))/g, "")
      .replace(",", ".")
      .replace(/^0+(?=\d)/, ""),
  );
}
