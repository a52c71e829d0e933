/** The report of a month as one page: no script, nothing from elsewhere, made to be printed. Pure. */
import type { Figures, Person } from "./report.ts";

export interface ReportFacts {
  month: string;
  madeAt: string;
  /** The verdict on the whole chain, in words. */
  verdict: readonly string[];
  sound: boolean;
  hashed: boolean;
  figures: Figures;
}

const STYLE = `
  @page { size: A4; margin: 18mm }
  :root { color-scheme: light }
  body { max-width: 178mm; margin: 24px auto; padding: 0 16px; color: #1f1f1f; background: #fff;
    font: 13px/18px Roboto, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums }
  h1 { margin: 0; font-size: 20px; line-height: 26px }
  h2 { margin: 24px 0 8px; font-size: 15px; line-height: 20px; break-after: avoid }
  p { margin: 4px 0 } .quiet { color: #5b5f66 }
  table { width: 100%; border-collapse: collapse }
  th, td { padding: 5px 8px; border-bottom: 1px solid #dfe3e9; text-align: right; vertical-align: top }
  th { color: #5b5f66; font-weight: 500 } thead { display: table-header-group } tr { break-inside: avoid }
  th:first-child, td:first-child { padding-left: 0; text-align: left; overflow-wrap: anywhere }
  .verdict { margin-top: 16px; padding: 10px 12px; border: 1px solid #3d9a57; border-radius: 8px; overflow-wrap: anywhere }
  .verdict.bad { border: 2px dashed #b3261e; color: #b3261e }
  @media print { body { max-width: none; margin: 0; padding: 0 } }
`;

function safe(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function row(cells: readonly (string | number)[], tag = "td"): string {
  return `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join("")}</tr>`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '<p class="quiet">None this month.</p>';
  const body = rows.map((cells) => row(cells)).join("\n");
  return `<table><thead>${row(head, "th")}</thead><tbody>${body}</tbody></table>`;
}

const PEOPLE: readonly (readonly [head: string, key: keyof Person])[] = [
  ["Person", "name"],
  ["Asked", "asked"],
  ["Approved", "approved"],
  ["Denied", "denied"],
  ["No answer", "expired"],
  ["Drifted", "drifted"],
  ["Refused", "refused"],
  ["Done", "executed"],
];

export function reportPage(facts: ReportFacts): string {
  const { month, madeAt, verdict, sound, hashed, figures } = facts;
  const title = `VaultDesk audit report, ${month}`;
  const people = figures.people.map((person) => PEOPLE.map(([, key]) => person[key]));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${safe(title)}</h1>
<p class="quiet">${safe(`${figures.rows} rows of this month (UTC). Made ${madeAt}. No mail text is in the audit trail.`)}</p>
<div class="verdict${sound ? "" : " bad"}">${verdict.map((line) => `<p>${safe(line)}</p>`).join("")}</div>
<h2>What happened</h2>
${table(["Row", "Times"], figures.kinds)}
<h2>By person</h2>
${table(
  PEOPLE.map(([head]) => head),
  people,
)}
<p class="quiet">${hashed ? "Names are hashed: the same name is the same person in every report of this server." : "Names are the ids of the tenant's users."}</p>
<h2>Refused, and why</h2>
${table(["Reason", "Times"], figures.reasons)}
</body>
</html>
`;
}
