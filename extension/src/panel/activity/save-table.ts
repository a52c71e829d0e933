/** Hands a table to the browser as a file. */

export function saveTable(table: string): void {
  const url = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `vaultdesk-audit-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
