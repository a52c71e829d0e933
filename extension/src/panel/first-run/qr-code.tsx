/** A QR code, drawn here: what it says leaves this page for nobody. */
import type { ReactElement } from "react";
import { encode } from "uqr";

export function QrCode({ text, label }: { text: string; label: string }): ReactElement {
  const { data, size } = encode(text);
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
