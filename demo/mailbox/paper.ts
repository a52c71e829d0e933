/** A PDF of text, clauses and tables, drawn with pdfkit. The same paper gives the same bytes: its date is its own, not the clock's. */
import PdfDocument from "pdfkit";

type Run = string | { struck: string } | { added: string };

type Block =
  | { heading: string }
  | { text: readonly Run[]; number?: string }
  | { head: readonly string[]; rows: readonly (readonly string[])[]; widths: readonly number[] };

export interface Paper {
  filename: string;
  title: string;
  subtitle?: string;
  /** ISO date. */
  date: string;
  author: string;
  blocks: readonly Block[];
}

const MARGIN = 64;
const WIDTH = 595.28 - 2 * MARGIN;
const INK = "#1b1d22";
const SOFT = "#5b6068";
const ADDED = "#0b57a4";
const STRUCK = "#b3261e";

type Doc = PDFKit.PDFDocument;

function style(run: Run): { text: string; colour: string; underline: boolean; strike: boolean } {
  if (typeof run === "string") return { text: run, colour: INK, underline: false, strike: false };
  return "struck" in run
    ? { text: run.struck, colour: STRUCK, underline: false, strike: true }
    : { text: run.added, colour: ADDED, underline: true, strike: false };
}

function drawRuns(doc: Doc, runs: readonly Run[], number: string | undefined): void {
  const left = number === undefined ? MARGIN : MARGIN + 34;
  if (doc.y > doc.page.height - MARGIN - 40) doc.addPage();
  const top = doc.y;
  if (number !== undefined) doc.fillColor(INK).text(number, MARGIN, top, { lineBreak: false });
  doc.y = top;
  doc.x = left;
  for (const [at, run] of runs.entries()) {
    const { text, colour, underline, strike } = style(run);
    doc.fillColor(colour).text(text, {
      width: WIDTH - (left - MARGIN),
      continued: at < runs.length - 1,
      underline,
      strike,
      lineGap: 4,
    });
  }
  doc.x = MARGIN;
  doc.moveDown(0.7);
}

function drawRow(
  doc: Doc,
  cells: readonly string[],
  widths: readonly number[],
  font: string,
): void {
  doc.font(font).fontSize(10);
  const sizes = widths.map((part) => part * WIDTH);
  const height =
    Math.max(
      ...cells.map((cell, at) => doc.heightOfString(cell, { width: (sizes[at] ?? 0) - 8 })),
    ) + 9;
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  const top = doc.y;
  let left = MARGIN;
  for (const [at, cell] of cells.entries()) {
    doc.fillColor(INK).text(cell, left + 2, top + 4, { width: (sizes[at] ?? 0) - 8 });
    left += sizes[at] ?? 0;
  }
  doc.y = top + height;
  doc.x = MARGIN;
  doc
    .moveTo(MARGIN, doc.y)
    .lineTo(MARGIN + WIDTH, doc.y)
    .lineWidth(0.5)
    .strokeColor("#c9ccd1")
    .stroke();
}

function drawBlock(doc: Doc, block: Block): void {
  if ("heading" in block) {
    if (doc.y > doc.page.height - MARGIN - 70) doc.addPage();
    doc.moveDown(0.4).font("Helvetica-Bold").fontSize(12.5).fillColor(INK).text(block.heading);
    doc.moveDown(0.4);
  } else if ("rows" in block) {
    drawRow(doc, block.head, block.widths, "Helvetica-Bold");
    for (const row of block.rows) drawRow(doc, row, block.widths, "Helvetica");
    doc.moveDown(0.8);
  } else {
    doc.font("Helvetica").fontSize(11);
    drawRuns(doc, block.text, block.number);
  }
}

export async function renderPaper(paper: Paper): Promise<Buffer> {
  const date = new Date(`${paper.date}T09:00:00Z`);
  const doc = new PdfDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: paper.title, Author: paper.author, CreationDate: date, ModDate: date },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((done, failed) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => done());
    doc.on("error", failed);
  });
  doc.font("Helvetica-Bold").fontSize(17).fillColor(INK).text(paper.title);
  if (paper.subtitle !== undefined)
    doc.moveDown(0.2).font("Helvetica").fontSize(10).fillColor(SOFT).text(paper.subtitle);
  doc.moveDown(1);
  for (const block of paper.blocks) drawBlock(doc, block);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
