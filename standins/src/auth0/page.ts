/** The frame of the tenant's hosted pages, in the manner of Auth0's universal login. `html` escapes what it is given. */
import { html, raw } from "hono/html";

type Part = ReturnType<typeof html>;

const STYLE = `<style>
:root { color-scheme: light dark; --back: #f1f2f5; --card: #ffffff; --ink: #1e212a; --soft: #565c69; --line: #c9cace; --blue: #4339c9; --on-blue: #ffffff; --row: #f6f7fb; }
@media (prefers-color-scheme: dark) { :root { --back: #14161c; --card: #1f222b; --ink: #eceef4; --soft: #adb3c2; --line: #434856; --blue: #a9a3ff; --on-blue: #14161c; --row: #272b36; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 12px; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { width: min(400px, 100%); padding: 36px 32px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; text-align: center; overflow-wrap: anywhere; }
h1 { margin: 12px 0 4px; font-size: 22px; line-height: 1.25; font-weight: 600; }
p { margin: 0 0 20px; color: var(--soft); }
.mark { width: 44px; height: 44px; margin: 0 auto; border-radius: 10px; background: var(--blue); color: var(--on-blue); display: grid; place-items: center; font-weight: 700; font-size: 20px; }
form { display: grid; gap: 10px; }
button { font: inherit; cursor: pointer; }
.user { display: grid; gap: 1px; width: 100%; padding: 11px 14px; text-align: left; color: var(--ink); background: var(--row); border: 1px solid var(--line); border-radius: 6px; }
.user:hover { border-color: var(--blue); }
.user:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.user span { color: var(--soft); font-size: 13px; }
small { display: block; margin-top: 20px; color: var(--soft); }
</style>`;

export function page(title: string, body: Part): Part {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(STYLE)}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
}
