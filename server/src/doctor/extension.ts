/** Whether the extension of this checkout is the one that the server answers. Pure but for one file. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Config } from "../config.ts";
import { type Check, ok, skipped, warn } from "./finding.ts";

const ID = "extension.id";
const SOURCE = resolve(import.meta.dirname, "../../../extension/extension-id.ts");

export function extensionFits({ extensionOrigin }: Config, source = SOURCE): Check {
  return {
    id: ID,
    look() {
      const key = keyIn(source);
      const configured = new URL(extensionOrigin).hostname;
      if (key === undefined) {
        return Promise.resolve([skipped(ID, "The extension's source is not beside this server.")]);
      }
      const built = idOf(key);
      if (built === configured)
        return Promise.resolve([ok(ID, `EXTENSION_ID is that of this checkout's key.`)]);
      return Promise.resolve([
        warn(ID, {
          what: `A build of this checkout is ${built}; the server answers ${configured}`,
          why: "One of the two is refused with 403: its panel shows that the server does not know it.",
          mend: "Set EXTENSION_ID to the id of the extension that people have: on chrome://extensions, or in the Web Store's dashboard.",
          page: "https://chrome.google.com/webstore/devconsole",
        }),
      ]);
    },
  };
}

function keyIn(source: string): string | undefined {
  try {
    return /EXTENSION_KEY =\s*"([A-Za-z0-9+/=]+)"/.exec(readFileSync(source, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

/** The first 128 bits of SHA-256 over the public key, written with a-p for 0-f (developer.chrome.com/docs/extensions/reference/manifest/key). */
function idOf(key: string): string {
  const hex = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return hex.replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}
