/** What stands still round the mailbox: head, folders, rail, compose strip, and the flex row in which an extension may ask for room. */
import { html, raw } from "hono/html";

import { tintOf } from "./address.ts";
import { CLIENT } from "./client.ts";
import { FOLDER_NAMES, FOLDERS } from "./list-view.ts";
import { STYLE } from "./style.ts";

export interface Frame {
  email: string;
  name: string;
  theme: "light" | "dark";
  nonce: string;
}

/** Gmail's own kind: scripts by nonce, frames of its own, no strings made into markup. */
export function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

const APPS = [
  ["calendar", "Calendar"],
  ["note", "Notes"],
  ["done", "Tasks"],
] as const;

function head({ email, name }: Frame): ReturnType<typeof html> {
  return html`<header class="nH gb_x" role="banner">
    <span class="menu"><i class="icon lines" aria-hidden="true"></i></span>
    <span class="mark"><i class="icon mail" aria-hidden="true"></i></span>
    <b class="brand">Mail <small>(stand-in)</small></b>
    <form role="search">
      <i class="icon search" aria-hidden="true"></i>
      <input type="search" aria-label="Search mail" placeholder="Search mail" autocomplete="off" />
    </form>
    <a
      class="account ${tintOf(email)}"
      href="https://accounts.google.com/SignOutOptions?hl=en&amp;continue=https://mail.google.com/mail"
      aria-label="Google Account: ${name} (${email})"
      >${name.slice(0, 1).toUpperCase()}</a
    >
  </header>`;
}

function folders(): ReturnType<typeof html> {
  return html`<nav class="aeN" aria-label="Folders">
    <a class="T-I" href="#inbox?compose=new"
      ><i class="icon pen" aria-hidden="true"></i><span>Compose</span></a
    >
    ${FOLDERS.map(
      (folder) =>
        html`<a class="TO" data-folder="${folder}" href="#${folder}" title="${FOLDER_NAMES[folder]}"
          ><i class="icon ${folder}" aria-hidden="true"></i
          ><span class="nU aio">${FOLDER_NAMES[folder]}</span><span class="bsU"></span
        ></a>`,
    )}
  </nav>`;
}

export function framePage(frame: Frame): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en" data-theme="${frame.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>Inbox - ${frame.email} - Gmail</title>
        <style nonce="${frame.nonce}">
          ${raw(STYLE)}
        </style>
      </head>
      <body class="aAU">
        <div class="nH root">
          ${head(frame)}
          <div class="nH columns">
            ${folders()}
            <div class="aqk aql bkL">
              <div class="nH bkK">
                <div class="nH card"><div class="AO" role="main"></div></div>
              </div>
              <div class="WN9Ejb bAw" role="complementary" aria-label="Side panel">
                <div class="aUx">
                  <div role="tablist" aria-orientation="vertical" aria-label="Apps">
                    ${APPS.map(
                      ([id, label], at) =>
                        html`<div
                          role="tab"
                          tabindex="${at === 0 ? "0" : "-1"}"
                          aria-selected="false"
                          aria-label="${label}"
                          title="${label}"
                          data-guest-app-id="${at + 1}"
                        >
                          <i class="icon ${id}" aria-hidden="true"></i>
                        </div>`,
                    )}
                  </div>
                </div>
              </div>
            </div>
          </div>
          <div class="dw">
            <div class="nH nn strip"></div>
            <div class="nH nn aJl"></div>
          </div>
        </div>
        <script nonce="${frame.nonce}">
          ${raw(CLIENT)};
        </script>
      </body>
    </html>`;
}
