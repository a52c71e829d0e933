/** For tests: small files of each kind, made here byte by byte. */
import { strToU8, zipSync } from "fflate";

/** A PDF of one line a page; a page without a line has no text, as a scan's. */
export function pdfOf(lines: readonly string[], encrypted = false): Uint8Array {
  const objects: string[] = [];
  const kids = lines.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  objects.push("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${lines.length} >>`);
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const [index, line] of lines.entries()) {
    const text = line.replace(/[()\\]/g, "\\$&");
    const content = line === "" ? "0 0 m" : `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  if (encrypted) {
    const bytes = "41".repeat(32);
    objects.push(`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <${bytes}> /U <${bytes}> >>`);
  }
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const encrypt = encrypted
    ? `/Encrypt ${objects.length} 0 R /ID [<${"42".repeat(16)}> <${"42".repeat(16)}>]`
    : "";
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${encrypt} >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(text, "latin1");
}

function zipOf(entries: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])),
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

export function docxOf(paragraphs: readonly string[], deleted = ""): Uint8Array {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`);
  const gone =
    deleted === ""
      ? ""
      : `<w:p><w:del><w:r><w:delText>${deleted}</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>`;
  return zipOf({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<w:document><w:body>${body.join("")}${gone}</w:body></w:document>`,
    "word/footnotes.xml": `<w:footnotes><w:p><w:r><w:t>See clause 4.</w:t></w:r></w:p></w:footnotes>`,
  });
}

export function xlsxOf(name: string, rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const strings: string[] = [];
  const cell = (value: string | number, column: number, row: number) => {
    const ref = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === "number") return `<c r="${ref}"><v>${value}</v></c>`;
    strings.push(value);
    return `<c r="${ref}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const data = rows.map(
    (row, index) => `<row>${row.map((value, column) => cell(value, column, index)).join("")}</row>`,
  );
  return zipOf({
    "xl/workbook.xml": `<workbook><sheets><sheet name="${name}" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join("")}</sst>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${data.join("")}</sheetData></worksheet>`,
  });
}

export function pptxOf(slides: readonly string[]): Uint8Array {
  return zipOf(
    Object.fromEntries(
      slides.map((text, index) => [
        `ppt/slides/slide${index + 1}.xml`,
        `<p:sld><a:p><a:r><a:t>${escaped(text)}</a:t></a:r></a:p></p:sld>`,
      ]),
    ),
  );
}

/** A Word document of some kilobytes that unpacks to `megabytes`. */
export function bombOf(megabytes: number): Uint8Array {
  const text = "<w:p><w:r><w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t></w:r></w:p>";
  const size = Math.ceil((megabytes * 1_000_000) / text.length);
  return zipOf({ "word/document.xml": text.repeat(size) });
}
