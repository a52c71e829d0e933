/** A cell that a spreadsheet takes for a formula is shown as text: OWASP, CSV Injection. */
export function csvCell(value: string | number | undefined): string {
  const text = String(value ?? "");
  const shown = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\r\n,]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
