/** Asks Chrome for notifications, once, when the person wants them. */
import { type ReactElement, useEffect, useState } from "react";
import { browser } from "wxt/browser";

import { detach } from "../../detach.ts";

const WANTED: { permissions: ["notifications"] } = { permissions: ["notifications"] };

export function NotifyChoice(): ReactElement {
  const [allowed, setAllowed] = useState(false);
  useEffect(() => {
    const look = async () => setAllowed(await browser.permissions.contains(WANTED));
    detach(look());
  }, []);
  const ask = async () => setAllowed(await browser.permissions.request(WANTED));
  return (
    <p className="quiet">
      {allowed
        ? "Chrome tells you when a request to your phone has ended, without a word of the mail."
        : "With the panel closed, the toolbar icon shows how many requests wait. "}
      {allowed ? undefined : (
        <button type="button" className="link" data-testid="notify" onClick={() => detach(ask())}>
          Tell me when one has ended
        </button>
      )}
    </p>
  );
}
