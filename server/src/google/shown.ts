/**
 * HTML of a mail -> the HTML of what a person sees of it in Gmail: without comments, and without text that is not displayed, transparent,
 * of no size, off the page, clipped away, or in the colour of its ground. Reads what senders can write; layout it does not do. Pure.
 */
import { type Handler, Parser } from "htmlparser2";

import { backgroundIn, type Colour, colourOf, colourOver, readable } from "./colour.ts";
import { candidates, indexed, pixels, rulesIn, type Style, styleOf } from "./css.ts";
import { unseenIn, visible } from "./visible.ts";

interface Box {
  tag: string;
  hidden: boolean;
  ink: Colour;
  ground: Colour;
  /** Pixels. */
  size: number;
}

const BLACK: Colour = { r: 0, g: 0, b: 0, a: 1 };
const WHITE: Colour = { r: 255, g: 255, b: 255, a: 1 };

/** Never text to a person: Gmail drops them, or they are the source of something else. */
const NO_TEXT = new Set(
  "head title style script template noscript svg math object iframe audio video canvas select datalist map xml".split(
    " ",
  ),
);
const VOID = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);

const TINY = 4;
const FAR = 400;
const FAINT = 0.1;
/** Letters of a shape or a movement: a longer one is not looked through, and hides. */
const LONG = 400;

function clipped(style: Style): boolean {
  const clip = `${style["clip"] ?? ""} ${style["clip-path"] ?? ""} ${style["-webkit-clip-path"] ?? ""}`;
  if (clip.length > LONG) return true;
  const rect = /rect\(([^)]*)\)/.exec(clip)?.[1];
  const inset = /inset\(\s*([\d.]+)(%|px)?/.exec(clip);
  return (
    (rect !== undefined &&
      rect
        .split(/[\s,]+/)
        .filter(Boolean)
        .every((part) => Math.abs(Number.parseFloat(part)) <= 1)) ||
    (inset !== null && (inset[2] === "%" ? Number(inset[1]) >= 50 : Number(inset[1]) > FAR)) ||
    /(?:circle|ellipse)\(\s*0|polygon\(\s*0(?:px|%)? 0/.test(clip)
  );
}

function away(style: Style): boolean {
  const placed = /absolute|fixed|relative/.test(style["position"] ?? "");
  const far = (name: string) => {
    const value = pixels(style[name]);
    return value !== undefined && Math.abs(value) >= FAR;
  };
  const off = (name: string) => (pixels(style[name]) ?? 0) <= -FAR;
  const transform = style["transform"] ?? "";
  return (
    off("text-indent") ||
    (placed && ["left", "right", "top", "bottom"].some(far)) ||
    ["margin-left", "margin-top", "margin-right"].some(off) ||
    transform.length > LONG ||
    /translate[xy3d]*\([^)]*-\d{3,}/.test(transform)
  );
}

function noRoom(style: Style, attributes: Readonly<Record<string, string>>): boolean {
  const zero = (name: string) => {
    const value = pixels(style[name]);
    return value !== undefined && value <= 1;
  };
  const cut = /hidden|clip|scroll|auto/.test(
    `${style["overflow"] ?? ""} ${style["overflow-x"] ?? ""} ${style["overflow-y"] ?? ""}`,
  );
  const small = ["height", "max-height", "width", "max-width"].some(zero);
  return (
    (small && cut) ||
    (zero("line-height") && (cut || zero("font-size"))) ||
    ((attributes["height"] === "0" || attributes["width"] === "0") && cut) ||
    Number(/scale(?:3d|x|y)?\(\s*([\d.]+)/.exec(style["transform"] ?? "")?.[1] ?? "1") <= FAINT
  );
}

function undisplayed(style: Style, attributes: Readonly<Record<string, string>>): boolean {
  const opacity = Number.parseFloat(style["opacity"] ?? "1");
  const filter = /opacity\(\s*([\d.]+)(%?)/.exec(style["filter"] ?? "");
  return (
    style["display"]?.startsWith("none") === true ||
    /hidden|collapse/.test(style["visibility"] ?? "") ||
    style["mso-hide"] === "all" ||
    style["content-visibility"] === "hidden" ||
    "hidden" in attributes ||
    (Number.isFinite(opacity) &&
      opacity <= (style["opacity"]?.endsWith("%") === true ? FAINT * 100 : FAINT)) ||
    (filter !== null && Number(filter[1]) <= (filter[2] === "%" ? FAINT * 100 : FAINT))
  );
}

function sizeOf(style: Style, tag: string, parent: Box): number {
  const own = style["font-size"] ?? /(?:^|\s)([\d.]+(?:px|pt|em|%))/.exec(style["font"] ?? "")?.[1];
  const relative = /^([\d.]+)(em|%)$/.exec(own ?? "");
  if (relative !== null) {
    return parent.size * (relative[2] === "%" ? Number(relative[1]) / 100 : Number(relative[1]));
  }
  return pixels(own) ?? (tag === "small" ? parent.size * 0.8 : parent.size);
}

function boxOf(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  style: Style,
  parent: Box,
): Box {
  const ground = backgroundIn(
    style["background-color"] ?? style["background"] ?? attributes["bgcolor"],
  );
  const picture = /url\(|gradient\(/.test(
    `${style["background"] ?? ""} ${style["background-image"] ?? ""}`,
  );
  const fill = colourOf(
    style["-webkit-text-fill-color"] ?? style["color"] ?? attributes["color"] ?? attributes["text"],
  );
  return {
    tag,
    hidden:
      parent.hidden ||
      NO_TEXT.has(tag) ||
      undisplayed(style, attributes) ||
      clipped(style) ||
      away(style) ||
      noRoom(style, attributes),
    ink: fill ?? parent.ink,
    // On a picture anything may be readable.
    ground: picture
      ? { r: 128, g: 128, b: 128, a: 1 }
      : ground === undefined
        ? parent.ground
        : colourOver(ground, parent.ground),
    size: sizeOf(style, tag, parent),
  };
}

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : "&gt;"));

const unread = ({ hidden, ink, ground, size }: Box) =>
  hidden || size < TINY || !readable(ink, ground);

/** Elements in elements. The parser's time grows with their square, and no mail of people comes near. */
const DEEP = 1500;
const SLICE = 16_384;

/** Parses until the end, or until it is deeper than any mail. */
function parse(html: string, handler: Partial<Handler>): void {
  let depth = 0;
  const parser = new Parser({
    ...handler,
    onopentag(tag, attributes, implied) {
      depth += 1;
      handler.onopentag?.(tag, attributes, implied);
    },
    onclosetag(tag, implied) {
      depth -= 1;
      handler.onclosetag?.(tag, implied);
    },
  });
  const bearable = () => depth < DEEP;
  for (let at = 0; at < html.length && bearable(); at += SLICE) {
    parser.write(html.slice(at, at + SLICE));
  }
  parser.end();
}

/** Rules looked at, of all elements together: in a mail that needs more, what comes after counts as hidden. */
const MOST_LOOKED_AT = 500_000;

/** Wherever they stand: Gmail reads those of the head, other programs all. */
function stylesIn(html: string) {
  if (!/<style/i.test(html)) return [];
  const css: string[] = [];
  let inside = false;
  parse(html, {
    onopentag(tag) {
      inside = tag === "style";
    },
    ontext(text) {
      if (inside) css.push(text);
    },
    onclosetag() {
      inside = false;
    },
  });
  return rulesIn(css.join(""));
}

/** `hidden`: how many characters of text a person does not see. */
export function shownHtml(html: string): { html: string; hidden: number } {
  const rules = indexed(stylesIn(html));
  const boxes: Box[] = [{ tag: "", hidden: false, ink: BLACK, ground: WHITE, size: 14 }];
  let out = "";
  let hidden = 0;
  let lookedAt = 0;
  const boxFor = (tag: string, attributes: Readonly<Record<string, string>>): Box => {
    if (lookedAt > MOST_LOOKED_AT) return { ...top(), tag, hidden: true };
    const near = candidates(tag, attributes, rules);
    lookedAt += near.length;
    return boxOf(tag, attributes, styleOf(tag, attributes, near), top());
  };
  const top = () => boxes.at(-1) ?? { tag: "", hidden: true, ink: BLACK, ground: WHITE, size: 14 };
  parse(html, {
    onopentag(tag, attributes) {
      const opened = boxFor(tag, attributes);
      if (!VOID.has(tag)) boxes.push(opened);
      if (!opened.hidden && tag !== "img") out += `<${tag}>`;
    },
    ontext(text) {
      const seen = visible(text);
      const box = top();
      if (!unread(box)) {
        out += escaped(seen);
        hidden += unseenIn(text);
      } else if (!NO_TEXT.has(box.tag)) {
        hidden += text.replace(/\s+/g, "").length;
        out += " ";
      }
    },
    onclosetag(tag) {
      if (VOID.has(tag)) return;
      const box = boxes.length > 1 ? boxes.pop() : undefined;
      if (box?.hidden === false) out += `</${tag}>`;
    },
  });
  return { html: out, hidden };
}
