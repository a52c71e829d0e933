/** Hands a table to the browser as a file. */

export function saveTable(table: string, of: "audit" | "tracker"): void {
  const url = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `vaultdesk-${of}-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
