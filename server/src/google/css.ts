/** As much CSS as it takes to say whether a person sees a text: inline styles, and sheets of plain selectors. Pure. */

export type Style = Readonly<Record<string, string>>;

function declarations(css: string): Record<string, string> {
  const style: Record<string, string> = {};
  for (const part of withoutComments(css).split(";")) {
    const colon = part.indexOf(":");
    if (colon < 0) continue;
    // An escape in a name (d\69splay) is the letter that it stands for.
    const name = unescaped(part.slice(0, colon)).trim().toLowerCase();
    const value = unescaped(part.slice(colon + 1))
      .replace(/!\s*important/i, "")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();
    if (name !== "" && value !== "") style[name] = value;
  }
  return style;
}

function unescaped(css: string): string {
  return css.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

interface Rule {
  /** Of the element itself: tag, #id, .classes, what of it there is. */
  selector: { tag: string; id: string; classes: string[] };
  style: Style;
}

const SIMPLE = /^([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)$/i;

function simple(selector: string): Rule["selector"] | undefined {
  // The last of "div.a > .b" is what the rule is about.
  const last =
    selector
      .trim()
      .split(/[\s>+~]+/)
      .at(-1) ?? "";
  const found = SIMPLE.exec(last);
  if (found === null || last === "") return undefined;
  const [, tag = "", rest = ""] = found;
  const names = rest.match(/[.#][\w-]+/g) ?? [];
  return {
    tag: tag === "*" ? "" : tag.toLowerCase(),
    id: names.find((name) => name.startsWith("#"))?.slice(1) ?? "",
    classes: names.filter((name) => name.startsWith(".")).map((name) => name.slice(1)),
  };
}

/** By position and not by pattern: a mail may hold a megabyte of openings that never close. */
function withoutComments(css: string): string {
  let out = "";
  let at = 0;
  for (;;) {
    const open = css.indexOf("/*", at);
    if (open < 0) return out + css.slice(at);
    out += css.slice(at, open);
    const close = css.indexOf("*/", open + 2);
    if (close < 0) return out;
    at = close + 2;
  }
}

/** Where the block that begins before `at` ends. */
function endOfBlock(css: string, at: number): number {
  let depth = 1;
  for (let index = at; index < css.length; index += 1) {
    if (css[index] === "{") depth += 1;
    else if (css[index] === "}") depth -= 1;
    if (depth === 0) return index;
  }
  return css.length;
}

/** Rules outside `@media` and its like: those hold on some screens only. */
export function rulesIn(sheet: string): Rule[] {
  const css = withoutComments(sheet);
  const rules: Rule[] = [];
  let at = 0;
  for (;;) {
    const open = css.indexOf("{", at);
    if (open < 0) return rules;
    const end = endOfBlock(css, open + 1);
    const head =
      css
        .slice(at, open)
        .split(/[;}]|<!--|-->/)
        .at(-1)
        ?.trim() ?? "";
    if (!head.startsWith("@")) {
      const style = declarations(css.slice(open + 1, end));
      for (const one of head.split(",")) {
        const selector = simple(one);
        if (selector !== undefined) rules.push({ selector, style });
      }
    }
    at = end + 1;
  }
}

interface Ordered extends Rule {
  order: number;
}

/** By one name that each rule needs: a sheet of thousands is not gone through for each element. */
export type Sheet = ReadonlyMap<string, readonly Ordered[]>;

export function indexed(rules: readonly Rule[]): Sheet {
  const sheet = new Map<string, Ordered[]>();
  for (const [order, rule] of rules.entries()) {
    const { tag, id, classes } = rule.selector;
    const key = classes[0] === undefined ? (id === "" ? tag : `#${id}`) : `.${classes[0]}`;
    const known = sheet.get(key);
    if (known === undefined) sheet.set(key, [{ ...rule, order }]);
    else known.push({ ...rule, order });
  }
  return sheet;
}

const classesOf = (attributes: Readonly<Record<string, string>>) =>
  new Set((attributes["class"] ?? "").split(/\s+/).filter(Boolean));

/** The rules that may be about an element: more of them take longer to look at. */
export function candidates(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  sheet: Sheet,
): readonly Ordered[] {
  const classes = [...classesOf(attributes)].map((name) => `.${name}`);
  const keys = ["", tag, `#${attributes["id"] ?? ""}`, ...classes];
  return keys
    .flatMap((key) => sheet.get(key) ?? [])
    .toSorted((one, other) => one.order - other.order);
}

export function styleOf(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  rules: readonly Ordered[],
): Style {
  const classes = classesOf(attributes);
  const applied = rules.filter(
    ({ selector }) =>
      (selector.tag === "" || selector.tag === tag) &&
      (selector.id === "" || selector.id === attributes["id"]) &&
      selector.classes.every((name) => classes.has(name)),
  );
  return Object.fromEntries([
    ...applied.flatMap(({ style }) => Object.entries(style)),
    ...Object.entries(declarations(attributes["style"] ?? "")),
  ]);
}

/** Pixels of a length; `undefined` where it depends on something else. */
export function pixels(value: string | undefined): number | undefined {
  const found = /^(-?[\d.]+)\s*(px|pt|em|rem|ex|ch|in|cm|mm|pc|%)?$/.exec(value ?? "");
  if (found === null) return undefined;
  const number = Number(found[1]);
  const unit = found[2] ?? "px";
  const scale: Record<string, number> = {
    px: 1,
    pt: 4 / 3,
    em: 14,
    rem: 16,
    ex: 7,
    ch: 7,
    in: 96,
    cm: 38,
    mm: 3.8,
    pc: 16,
  };
  return unit === "%" ? (number === 0 ? 0 : undefined) : number * (scale[unit] ?? 1);
}
