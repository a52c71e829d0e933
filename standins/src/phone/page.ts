/** The phone's page at 390 px: what waits, then what was answered. Data comes by polling each second; this is only the frame. */
import { html, raw } from "hono/html";

import type { Auth0User } from "../auth0/users.ts";

const STYLE = `<style>
:root { color-scheme: light dark; --back: #eef0f4; --card: #ffffff; --ink: #191c22; --soft: #555b67; --line: #d3d7df; --yes: #0b6b46; --on-yes: #ffffff; --no: #a3242c; --late: #8a5200; --bar: #3d3bb8; --code: #eceafd; --on-code: #24217c; }
@media (prefers-color-scheme: dark) { :root { --back: #101217; --card: #1b1e26; --ink: #eef0f5; --soft: #adb4c2; --line: #363c49; --yes: #5fd7a2; --on-yes: #06281a; --no: #ff9a9e; --late: #f2c063; --bar: #aaa7ff; --code: #2a2950; --on-code: #dcdaff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.45 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 430px; min-height: 100vh; margin: 0 auto; padding: 18px 16px 32px; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 12px; align-items: baseline; margin: 2px 4px 16px; }
header b { font-size: 19px; }
header span, .soft { color: var(--soft); font-size: 13px; }
h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h2 { margin: 26px 4px 8px; font-size: 13px; font-weight: 600; color: var(--soft); }
ol { margin: 0; padding: 0; list-style: none; display: grid; gap: 12px; }
.push { padding: 18px 18px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 18px; }
.head { display: flex; justify-content: space-between; gap: 10px; font-size: 13px; color: var(--soft); }
.head b { color: var(--ink); }
.bind { margin: 12px 0; padding: 10px 12px; border-radius: 10px; background: var(--code); color: var(--on-code); font: 600 16px/1.35 ui-monospace, "SF Mono", Menlo, monospace; text-align: center; }
.ask { margin: 0 0 10px; font-size: 18px; font-weight: 600; line-height: 1.3; }
dl { display: grid; grid-template-columns: minmax(72px, max-content) 1fr; gap: 6px 12px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; white-space: pre-wrap; }
.track { height: 4px; margin: 14px 0; border-radius: 2px; background: var(--line); overflow: hidden; }
.track i { display: block; height: 100%; background: var(--bar); transform-origin: left; }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
button { min-height: 48px; font: inherit; font-weight: 600; border-radius: 12px; border: 1px solid var(--no); color: var(--no); background: transparent; cursor: pointer; }
button.yes { border-color: var(--yes); background: var(--yes); color: var(--on-yes); }
button:disabled { opacity: 0.55; cursor: default; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
.past { display: grid; gap: 2px; padding: 10px 14px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.past div { display: flex; justify-content: space-between; gap: 10px; }
.approved { color: var(--yes); } .denied { color: var(--no); } .expired { color: var(--late); }
form { display: grid; gap: 8px; margin-bottom: 16px; }
form[hidden] { display: none; }
input { width: 100%; min-height: 44px; padding: 0 12px; font: inherit; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--ink); }
.none { padding: 40px 18px; text-align: center; color: var(--soft); border: 1px dashed var(--line); border-radius: 18px; }
.warn { padding: 12px 14px; border-radius: 12px; border: 1px solid var(--late); color: var(--late); margin-bottom: 12px; }
a { color: var(--bar); }
</style>`;

/** Only this origin's script runs, and it speaks to this origin only. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; connect-src 'self'; script-src 'self'";

export function phonePage(
  user: Auth0User | undefined,
  all: readonly Auth0User[],
): ReturnType<typeof html> {
  const people = html`<p>Whose phone?</p>
    <ul>
      ${all.map(
        (one) =>
          html`<li>
            <a href="/phone?user=${encodeURIComponent(one.sub)}">${one.name}, ${one.email}</a>
          </li>`,
      )}
    </ul>`;
  const screen = html`<div id="enrolment" class="warn" role="status" hidden></div>
    <form id="scan" hidden>
      <label
        >Code of the account
        <input id="code" name="code" autocomplete="off" data-testid="scan-code"
      /></label>
      <button class="yes" data-testid="scan">Add account</button>
    </form>
    <section aria-label="Waiting for you" aria-live="polite">
      <ol id="waiting"></ol>
      <div id="nothing" class="none">Nothing waits for you.</div>
    </section>
    <section aria-label="Answered" id="past" hidden>
      <h2>Before</h2>
      <ol id="history"></ol>
    </section>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>Phone</title>
        ${raw(STYLE)}
      </head>
      <body data-user="${user?.sub ?? ""}">
        <main>
          <h1>Approvals</h1>
          <header><b>Guardian</b><span>${user === undefined ? "" : user.email}</span></header>
          ${user === undefined ? people : screen}
        </main>
        ${user === undefined ? "" : raw('<script src="/phone/script.js"></script>')}
      </body>
    </html>`;
}
