/** What the page is made of, as data: the browser builds it with `createElement` and `textContent`, so no mail becomes markup. Pure. */
export interface Part {
  tag: string;
  attrs?: Record<string, string>;
  text?: string;
  /** Written by the browser, in its own time zone. */
  time?: { at: number; form: "row" | "full" };
  parts?: Part[];
  /** A click opens this hash. */
  go?: string;
  /** A click opens or folds the message of this key. Not an attribute: a folded message carries no id. */
  toggle?: string;
}

type Extra = Omit<Part, "tag" | "text" | "parts">;

export function text(tag: string, className: string, value: string, extra: Extra = {}): Part {
  return { ...extra, tag, text: value, attrs: { class: className, ...extra.attrs } };
}

export function box(tag: string, className: string, parts: Part[], extra: Extra = {}): Part {
  return { ...extra, tag, parts, attrs: { class: className, ...extra.attrs } };
}

export function icon(name: string): Part {
  return { tag: "i", attrs: { class: `icon ${name}`, "aria-hidden": "true" } };
}

export function tool(name: string, label: string, go?: string): Part {
  const attrs = { type: "button", "aria-label": label, title: label };
  return box("button", "tool", [icon(name)], go === undefined ? { attrs } : { attrs, go });
}
