/** The look of Google's granular consent: accounts, one checkbox a scope, Cancel and Continue. Untrusted text is escaped by `html`. */
import { html, raw } from "hono/html";

import type { ConsentAsked } from "./routes.ts";
import { scopeWords } from "./scope-words.ts";

const STYLE = `<style>
:root { color-scheme: light dark; --back: #f0f4f9; --card: #ffffff; --ink: #1f1f1f; --soft: #444746; --line: #c4c7c5; --blue: #0b57d0; --on-blue: #ffffff; --tint: #e9eef6; }
@media (prefers-color-scheme: dark) { :root { --back: #1e1f20; --card: #0e0e0e; --ink: #e3e3e3; --soft: #c4c7c5; --line: #5f6368; --blue: #a8c7fa; --on-blue: #062e6f; --tint: #282a2c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 20px 12px; background: var(--back); color: var(--ink); font: 14px/1.5 "Google Sans", Roboto, system-ui, sans-serif; }
main { width: min(480px, 100%); padding: 32px 28px 24px; border-radius: 28px; background: var(--card); overflow-wrap: anywhere; }
.by { display: flex; gap: 10px; align-items: center; margin: 0 0 20px; color: var(--soft); }
.g { width: 22px; height: 22px; border-radius: 50%; border: 4px solid var(--blue); border-right-color: transparent; }
h1 { margin: 0 0 18px; font-size: 26px; line-height: 1.25; font-weight: 400; }
fieldset { margin: 0 0 18px; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 6px; font-weight: 600; }
label { display: flex; gap: 12px; align-items: center; padding: 10px 8px; border-bottom: 1px solid var(--line); cursor: pointer; }
label:hover { background: var(--tint); }
input { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--blue); }
label span { display: grid; }
small { color: var(--soft); }
.actions { display: flex; justify-content: flex-end; gap: 10px; margin-top: 22px; }
button { font: inherit; font-weight: 500; min-height: 40px; padding: 0 24px; border-radius: 20px; border: 1px solid var(--line); background: transparent; color: var(--blue); cursor: pointer; }
button.main { background: var(--blue); border-color: var(--blue); color: var(--on-blue); }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
</style>`;

export function consentPage(handle: string, asked: ConsentAsked): ReturnType<typeof html> {
  const chosen = asked.chosen ?? asked.accounts[0]?.email;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in with Google</title>
        ${raw(STYLE)}
      </head>
      <body>
        <main>
          <p class="by"><span class="g" aria-hidden="true"></span>Google, a local stand-in</p>
          <h1>VaultDesk wants access to your Google Account</h1>
          <form method="post" action="/google/consent?request=${handle}">
            <fieldset>
              <legend>Account</legend>
              ${asked.accounts.map(
                (account) =>
                  html`<label>
                    <input
                      type="radio"
                      name="account"
                      value="${account.email}"
                      data-account="${account.email}"
                      ${account.email === chosen ? "checked" : ""}
                    />
                    <span>${account.name}<small>${account.email}</small></span>
                  </label>`,
              )}
            </fieldset>
            ${
              asked.scopes.length === 0
                ? ""
                : html`<fieldset>
                    <legend>Select what VaultDesk can access</legend>
                    ${asked.scopes.map(
                      (scope) =>
                        html`<label>
                          <input
                            type="checkbox"
                            name="scope"
                            value="${scope}"
                            data-scope="${scope}"
                            checked
                          />
                          <span>${scopeWords(scope)}</span>
                        </label>`,
                    )}
                  </fieldset>`
            }
            <div class="actions">
              <button name="action" value="cancel" data-testid="cancel" formnovalidate>
                Cancel
              </button>
              <button class="main" name="action" value="continue" data-testid="continue">
                Continue
              </button>
            </div>
          </form>
        </main>
      </body>
    </html>`;
}
