/**
 * Gmail's search words: `or`, `{}`, `()`, `-`, `"..."`, `operator:value`, `operator:(...)`; whole words, any case.
 * Source: support.google.com/mail/answer/7190. A pure function of query, message and time.
 */
export interface Searchable {
  from: string;
  to: string;
  cc: string;
  bcc: string;
  subject: string;
  text: string;
  messageId: string;
  listId: string;
  filenames: readonly string[];
  labels: ReadonlySet<string>;
  /** Milliseconds. */
  at: number;
  size: number;
}

export interface LabelRow {
  id: string;
  name: string;
}

type Test = (message: Searchable) => boolean;

export interface Query {
  test: Test;
  /** True when spam and trash are looked at too. */
  everywhere: boolean;
}

const DAY = 86_400_000;
const SPAN: Readonly<Record<string, number>> = { h: DAY / 24, d: DAY, m: 30 * DAY, y: 365 * DAY };

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Whole words, next to each other and in order. */
export function holds(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase);
  if (wanted.length === 0) return true;
  const [first = ""] = wanted;
  if (!text.toLowerCase().includes(first)) return false;
  const words = wordsOf(text);
  return words.some((_, at) => wanted.every((word, offset) => words[at + offset] === word));
}

function dateOf(value: string): number {
  if (/^\d{9,}$/.test(value)) return Number(value) * 1000;
  const [year = 0, month = 1, day = 1] = value.split(/[-/]/).map(Number);
  return Date.UTC(year, month - 1, day);
}

function sizeOf(value: string): number {
  const unit = value.slice(-1).toLowerCase();
  return Number.parseFloat(value) * (unit === "k" ? 1024 : unit === "m" ? 1024 * 1024 : 1);
}

const slug = (name: string) => name.toLowerCase().replace(/[\s/]+/g, "-");

function everything(message: Searchable): string {
  const { from, to, cc, subject, text, filenames } = message;
  return [from, to, cc, subject, text, ...filenames].join(" ");
}

function operator(name: string, value: string, labels: readonly LabelRow[], now: number): Test {
  const labelled = (wanted: string): Test => {
    const id = labels.find(
      (label) => slug(label.id) === slug(wanted) || slug(label.name) === slug(wanted),
    )?.id;
    return (message) => id !== undefined && message.labels.has(id);
  };
  switch (name) {
    case "from":
      return (m) => holds(m.from, value);
    case "to":
      return (m) => holds(`${m.to} ${m.cc} ${m.bcc}`, value);
    case "cc":
      return (m) => holds(m.cc, value);
    case "bcc":
      return (m) => holds(m.bcc, value);
    case "subject":
      return (m) => holds(m.subject, value);
    case "list":
      return (m) => holds(m.listId, value);
    case "rfc822msgid":
      return (m) => m.messageId.replace(/[<>]/g, "") === value.replace(/[<>]/g, "");
    case "newer_than":
      return (m) => m.at > now - Number.parseInt(value, 10) * (SPAN[value.slice(-1)] ?? DAY);
    case "older_than":
      return (m) => m.at < now - Number.parseInt(value, 10) * (SPAN[value.slice(-1)] ?? DAY);
    case "after":
    case "newer":
      return (m) => m.at >= dateOf(value);
    case "before":
    case "older":
      return (m) => m.at < dateOf(value);
    case "larger":
    case "size":
      return (m) => m.size > sizeOf(value);
    case "smaller":
      return (m) => m.size < sizeOf(value);
    case "filename":
      return (m) =>
        m.filenames.some(
          (file) => holds(file, value) || file.toLowerCase().endsWith(`.${value.toLowerCase()}`),
        );
    case "has":
      if (value === "attachment") return (m) => m.filenames.length > 0;
      if (value === "userlabels")
        return (m) => [...m.labels].some((label) => label.startsWith("Label_"));
      if (value === "nouserlabels")
        return (m) => ![...m.labels].some((label) => label.startsWith("Label_"));
      return () => false;
    case "is":
      return value === "read"
        ? (m) => !m.labels.has("UNREAD")
        : (m) => m.labels.has(value.toUpperCase());
    case "in":
      if (value === "anywhere") return () => true;
      return labelled(value === "drafts" ? "draft" : value);
    case "label":
      return labelled(value);
    case "category":
      return (m) =>
        value === "primary"
          ? m.labels.has("INBOX") &&
            ![...m.labels].some((label) => /^CATEGORY_(?!PERSONAL)/.test(label))
          : m.labels.has(`CATEGORY_${value.toUpperCase()}`);
    default:
      return (m) => holds(everything(m), `${name} ${value}`);
  }
}

function all(tests: readonly Test[]): Test {
  return (m) => tests.every((test) => test(m));
}

function isOr(token: string | undefined): boolean {
  return token === "OR" || token === "|";
}

const TOKENS = /-?[a-zA-Z0-9_]+:"[^"]*"|-?[a-zA-Z0-9_]+:\(|-?"[^"]*"|-?[({]|[)}]|[^\s(){}]+/g;

export function compileQuery(text: string, labels: readonly LabelRow[], now: number): Query {
  const tokens = text.match(TOKENS) ?? [];
  let at = 0;
  let everywhere = false;

  function one(name: string, value: string): Test {
    if (name === "in" && /^(anywhere|spam|trash)$/i.test(value)) everywhere = true;
    return operator(name.toLowerCase(), value, labels, now);
  }

  function values(name: string): Test {
    const list: string[] = [];
    while (at < tokens.length && tokens[at] !== ")")
      list.push((tokens[at++] ?? "").replaceAll('"', ""));
    at += 1;
    const either = list.some((value) => /^or$/i.test(value));
    const tests = list.filter((value) => !/^or$/i.test(value)).map((value) => one(name, value));
    return (m) => (either ? tests.some((test) => test(m)) : tests.every((test) => test(m)));
  }

  function term(): Test {
    const token = tokens[at++] ?? "";
    const negated = token.startsWith("-") && token.length > 1;
    const bare = negated ? token.slice(1) : token;
    const found = bareTerm(bare);
    return negated ? (m) => !found(m) : found;
  }

  function bareTerm(bare: string): Test {
    if (bare === "(") return all(terms(")"));
    if (bare === "{") {
      const tests = terms("}");
      return (m) => tests.some((test) => test(m));
    }
    if (bare.endsWith(":(")) return values(bare.slice(0, -2));
    const colon = bare.indexOf(":");
    if (colon > 0 && !bare.startsWith('"'))
      return one(bare.slice(0, colon), bare.slice(colon + 1).replaceAll('"', ""));
    return (m) => holds(everything(m), bare.replaceAll('"', ""));
  }

  function terms(end: string | undefined): Test[] {
    const tests: Test[] = [];
    while (at < tokens.length && tokens[at] !== end) {
      let test = term();
      while (isOr(tokens[at])) {
        at += 1;
        const [left, right] = [test, term()];
        test = (m) => left(m) || right(m);
      }
      tests.push(test);
    }
    at += 1;
    return tests;
  }

  const test = all(terms(undefined));
  return { test, everywhere };
}
