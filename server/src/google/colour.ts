/** Colours of CSS, and whether one can be read on another (WCAG 2.2, relative luminance). Pure. */

export interface Colour {
  r: number;
  g: number;
  b: number;
  /** 0 to 1. */
  a: number;
}

/** The named ones that mails use; an unknown name counts as readable. */
const NAMED: Readonly<Record<string, string>> = {
  white: "#ffffff",
  snow: "#fffafa",
  ivory: "#fffff0",
  ghostwhite: "#f8f8ff",
  floralwhite: "#fffaf0",
  azure: "#f0ffff",
  mintcream: "#f5fffa",
  aliceblue: "#f0f8ff",
  lavenderblush: "#fff0f5",
  seashell: "#fff5ee",
  honeydew: "#f0fff0",
  whitesmoke: "#f5f5f5",
  lightyellow: "#ffffe0",
  gainsboro: "#dcdcdc",
  lightgray: "#d3d3d3",
  lightgrey: "#d3d3d3",
  silver: "#c0c0c0",
  gray: "#808080",
  grey: "#808080",
  black: "#000000",
  navy: "#000080",
  darkblue: "#00008b",
  blue: "#0000ff",
  red: "#ff0000",
  maroon: "#800000",
  green: "#008000",
  darkgreen: "#006400",
  yellow: "#ffff00",
  orange: "#ffa500",
  purple: "#800080",
  teal: "#008080",
  transparent: "#00000000",
};

function hex(text: string): Colour | undefined {
  const digits = text.replace(/^#/, "");
  const full = digits.length <= 4 ? digits.replace(/./g, "$&$&") : digits;
  if (!/^[0-9a-f]{6}(?:[0-9a-f]{2})?$/i.test(full)) return undefined;
  const byte = (at: number) => Number.parseInt(full.slice(at, at + 2), 16);
  return { r: byte(0), g: byte(2), b: byte(4), a: full.length === 8 ? byte(6) / 255 : 1 };
}

function number(text: string, whole: number): number {
  return text.endsWith("%") ? (Number(text.slice(0, -1)) / 100) * whole : Number(text);
}

function fromHsl(h: number, s: number, l: number, a: number): Colour {
  const channel = (n: number) => {
    const k = (n + h / 30) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return { r: channel(0), g: channel(8), b: channel(4), a };
}

export function colourOf(text: string | undefined): Colour | undefined {
  const value = (text ?? "").trim().toLowerCase();
  const known = NAMED[value];
  if (known !== undefined) return hex(known);
  if (/^#?[0-9a-f]{3,8}$/.test(value)) return hex(value);
  const found = /^(rgb|hsl)a?\(([^)]*)\)/.exec(value);
  if (found === null) return undefined;
  const parts = (found[2] ?? "").split(/[\s,/]+/).filter(Boolean);
  const [one = "", two = "", three = "", alpha = "1"] = parts;
  const a = number(alpha, 1);
  const colour =
    found[1] === "rgb"
      ? { r: number(one, 255), g: number(two, 255), b: number(three, 255), a }
      : fromHsl(Number.parseFloat(one), number(two, 1), number(three, 1), a);
  return Object.values(colour).every(Number.isFinite) ? colour : undefined;
}

/** The first colour in a `background` that may hold an image, a position and more. */
export function backgroundIn(text: string | undefined): Colour | undefined {
  for (const part of (text ?? "").match(/#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]*\)|[a-z]+/gi) ??
    []) {
    const colour = colourOf(part);
    if (colour !== undefined) return colour;
  }
  return undefined;
}

function linear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function luminance({ r, g, b }: Colour): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function colourOver(top: Colour, below: Colour): Colour {
  const mix = (a: number, b: number) => a * top.a + b * (1 - top.a);
  return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: 1 };
}

/** Below this nobody reads it; pale grey on white, as in footers, has 1.4 and more. */
const READABLE = 1.25;

export function readable(text: Colour, background: Colour): boolean {
  const [one, two] = [luminance(colourOver(text, background)), luminance(background)];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05) >= READABLE;
}
