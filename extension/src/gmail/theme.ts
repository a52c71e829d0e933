/** Light or dark, read from the colours that Gmail computed: it does not follow the system's setting. */
import { BODY_BACKGROUND, first, FRAME_TEXT } from "./selectors.ts";

const HALF = 128;

/** Red, green, blue and opacity of a computed colour. */
function channels(colour: string): readonly number[] {
  return (colour.match(/[\d.]+/g) ?? []).map(Number);
}

function lightness(colour: string): number | undefined {
  const [red, green, blue, opacity = 1] = channels(colour);
  if (red === undefined || green === undefined || blue === undefined || opacity === 0) {
    return undefined;
  }
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

export function gmailTheme(doc: Document): "light" | "dark" {
  const body = first(doc, BODY_BACKGROUND, HTMLElement, (element) => element.checkVisibility());
  const background = body.found
    ? lightness(getComputedStyle(body.value).backgroundColor)
    : undefined;
  if (background !== undefined) return background < HALF ? "dark" : "light";
  const frame = first(doc, FRAME_TEXT, HTMLElement);
  const text = frame.found ? lightness(getComputedStyle(frame.value).color) : undefined;
  if (text !== undefined) return text > HALF ? "dark" : "light";
  const page = lightness(getComputedStyle(doc.body).backgroundColor);
  return page !== undefined && page < HALF ? "dark" : "light";
}
