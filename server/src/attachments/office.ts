/**
 * Text of Office Open XML files (ECMA-376), in sections that can be named: paragraphs, sheets with their rows, slides. Formulas' results are
 * read, not the formulas; what was struck out as a tracked change is left out and said. Pure.
 */
import { Parser } from "htmlparser2";

import { Unpackable } from "./unpack.ts";

export interface Section {
  /** `page 3`, `sheet Q3, rows 1 to 50`, `slide 2`, `paragraphs 1 to 40`. */
  ref: string;
  text: string;
}

export interface Parsed {
  kind: string;
  sections: Section[];
  /** What a reader must know besides. */
  note?: string;
}

type Entries = ReadonlyMap<string, string>;
type Attributes = Readonly<Record<string, string>>;

function walk(
  xml: string,
  on: {
    open?: (name: string, attributes: Attributes) => void;
    text?: (text: string) => void;
    close?: (name: string) => void;
  },
): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => on.open?.(name, attributes),
      ontext: (text) => on.text?.(text),
      onclosetag: (name) => on.close?.(name),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
}

/** Paragraphs of DrawingML or WordprocessingML: `w:p` and `w:t`, or `a:p` and `a:t`. */
function paragraphs(xml: string, prefix: "w" | "a"): { lines: string[]; deletions: number } {
  const lines: string[] = [];
  let line = "";
  let inText = false;
  let deletions = 0;
  walk(xml, {
    open: (name) => {
      if (name === `${prefix}:t`) inText = true;
      else if (name === `${prefix}:tab`) line += "\t";
      else if (name === `${prefix}:br` || name === `${prefix}:cr`) line += "\n";
      else if (name === "w:del") deletions += 1;
    },
    text: (text) => {
      if (inText) line += text;
    },
    close: (name) => {
      if (name === `${prefix}:t`) inText = false;
      else if (name === `${prefix}:tc`) line = `${line.trimEnd()} | `;
      else if (name === `${prefix}:p`) {
        // Inside a table's cell the line goes on to the end of the row.
        lines.push(line);
        line = "";
      }
    },
  });
  return { lines: lines.map((one) => one.trim()).filter((one) => one !== ""), deletions };
}

const AT_ONCE = 40;

function inSections(lines: readonly string[], name: string): Section[] {
  const out: Section[] = [];
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    out.push({ ref: `${name} ${at + 1} to ${at + some.length}`, text: some.join("\n") });
  }
  return out;
}

function docx(entries: Entries): Parsed {
  const { lines, deletions } = paragraphs(entries.get("word/document.xml") ?? "", "w");
  const notes = paragraphs(entries.get("word/footnotes.xml") ?? "", "w").lines;
  return {
    kind: "Word document",
    sections: [...inSections(lines, "paragraphs"), ...inSections(notes, "footnotes")],
    ...(deletions === 0
      ? {}
      : { note: `${deletions} tracked deletions are left out; insertions are in the text.` }),
  };
}

function numberIn(name: string): number {
  return Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0);
}

function pptx(entries: Entries): Parsed {
  const slides = [...entries.keys()]
    .filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .toSorted((a, b) => numberIn(a) - numberIn(b));
  return {
    kind: "presentation",
    sections: slides.map((name, index) => ({
      ref: `slide ${index + 1}`,
      text: paragraphs(entries.get(name) ?? "", "a").lines.join("\n"),
    })),
  };
}

function sharedStrings(xml: string): string[] {
  const out: string[] = [];
  let inText = false;
  let text = "";
  walk(xml, {
    open: (name) => {
      if (name === "t") inText = true;
      else if (name === "si") text = "";
    },
    text: (part) => {
      if (inText) text += part;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "si") out.push(text);
    },
  });
  return out;
}

/** Names in the order of the tabs; the files are numbered in that order but where somebody moved tabs, so the relations decide. */
function sheetNames(entries: Entries): [name: string, file: string][] {
  const targets = new Map<string, string>();
  walk(entries.get("xl/_rels/workbook.xml.rels") ?? "", {
    open: (name, { Id, Target }) => {
      if (name === "Relationship" && Id !== undefined && Target !== undefined) {
        targets.set(Id, Target.replace(/^\/?(?:xl\/)?/, "xl/"));
      }
    },
  });
  const sheets: [string, string][] = [];
  walk(entries.get("xl/workbook.xml") ?? "", {
    open: (tag, { name = "", "r:id": id = "" }) => {
      const file = targets.get(id);
      if (tag === "sheet" && file !== undefined) sheets.push([name, file]);
    },
  });
  return sheets;
}

function rowsOf(xml: string, strings: readonly string[]): string[] {
  const rows: string[] = [];
  let cells: string[] = [];
  let cell = { ref: "", type: "" };
  let value = "";
  let inValue = false;
  walk(xml, {
    open: (name, { r = "", t = "" }) => {
      if (name === "row") cells = [];
      else if (name === "c") {
        cell = { ref: r, type: t };
        value = "";
      } else if (name === "v" || name === "t") inValue = true;
    },
    text: (text) => {
      if (inValue) value += text;
    },
    close: (name) => {
      if (name === "v" || name === "t") inValue = false;
      else if (name === "c" && value !== "") {
        const shown = cell.type === "s" ? (strings[Number(value)] ?? "") : value;
        cells.push(`${cell.ref}: ${shown}`);
      } else if (name === "row" && cells.length > 0) rows.push(cells.join(" | "));
    },
  });
  return rows;
}

function xlsx(entries: Entries): Parsed {
  const strings = sharedStrings(entries.get("xl/sharedStrings.xml") ?? "");
  const sections = sheetNames(entries).flatMap(([name, file]) =>
    inSections(rowsOf(entries.get(file) ?? "", strings), `sheet ${name}, rows`),
  );
  return { kind: "spreadsheet", sections, note: "Dates may stand as Excel's day numbers." };
}

const WANTED =
  /^(?:word\/(?:document|footnotes)\.xml|ppt\/slides\/slide\d+\.xml|xl\/(?:workbook|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/;

export function isWanted(name: string): boolean {
  return WANTED.test(name);
}

export function parseOffice(entries: Entries): Parsed {
  if (entries.has("word/document.xml")) return docx(entries);
  if (entries.has("xl/workbook.xml")) return xlsx(entries);
  if ([...entries.keys()].some((name) => name.startsWith("ppt/slides/"))) return pptx(entries);
  throw new Unpackable("It is a zip archive and no Word, Excel or PowerPoint file.");
}
