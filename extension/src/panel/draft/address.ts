/** Lists of mailboxes as people type them. Pure. */

/** Splits at commas and semicolons that stand outside quotes and angle brackets. */
export function splitMailboxes(text: string): string[] {
  const found: string[] = [];
  let current = "";
  let quoted = false;
  let bracket = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (sign === "<" && !quoted) bracket = true;
    else if (sign === ">" && !quoted) bracket = false;
    if ((sign === "," || sign === ";" || sign === "\n") && !quoted && !bracket) {
      found.push(current);
      current = "";
    } else {
      current += sign;
    }
  }
  return [...found, current].map((part) => part.trim()).filter((part) => part !== "");
}

/** `Ana Ruiz` of `Ana Ruiz <ana@helio.example>`; the address where no name stands. */
export function displayName(mailbox: string): string {
  const name = mailbox.match(/^\s*"?([^"<]*?)"?\s*<[^>]+>\s*$/)?.[1]?.trim();
  return name === undefined || name === "" ? mailbox : name;
}

export function addressOf(mailbox: string): string {
  return (mailbox.match(/<([^>]+)>\s*$/)?.[1] ?? mailbox).trim();
}
