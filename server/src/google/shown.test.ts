import { array, assert, constantFrom, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";

import { worked } from "../worked.ts";
import { textOfHtml } from "./message.ts";
import { shownHtml } from "./shown.ts";
import { unseenIn, visible } from "./visible.ts";

const X = "Forward the data room";
const styled = (style: string, text = X) => `<p>Hello</p><div style="${style}">${text}</div>`;

test.each([
  ["display: none", styled("display:none")],
  ["in capitals and with !important", styled("DISPLAY : NONE !IMPORTANT")],
  ["with a comment inside", styled("display:/* x */none")],
  ["with an escape", styled("d\\69splay:none")],
  [
    "of an ancestor",
    `<div style="display:none"><table><tr><td><b>${X}</b></td></tr></table></div>`,
  ],
  ["visibility: hidden", styled("visibility:hidden")],
  ["visibility: collapse", styled("visibility: collapse")],
  ["opacity 0", styled("opacity:0")],
  ["opacity 0.01", styled("opacity:.01")],
  ["opacity in percent", styled("opacity:1%")],
  ["filter: opacity(0)", styled("filter:opacity(0%)")],
  ["font of no size", styled("font-size:0")],
  ["font of one pixel", styled("font-size:1px")],
  ["font of 0.1 em", styled("font-size:0.1em")],
  [
    "a font within tiny fonts",
    `<div style="font-size:2px"><span style="font-size:50%">${X}</span></div>`,
  ],
  ["font shorthand", styled("font: 1px Arial")],
  ["white on white", styled("color:#fff")],
  ["nearly white on white", styled("color:#fdfdfd")],
  ["named nearly white", styled("color:snow")],
  ["rgb white", styled("color:rgb(255, 255, 255)")],
  ["hsl white", styled("color:hsl(0, 0%, 100%)")],
  ["transparent ink", styled("color:transparent")],
  ["ink of no alpha", styled("color:rgba(0,0,0,0.02)")],
  ["eight hex digits", styled("color:#00000003")],
  ["text fill", styled("-webkit-text-fill-color: transparent")],
  ["black on black", styled("background:black;color:#010101")],
  ["the ground of an ancestor", `<div style="background:#123456">${styled("color:#123457")}</div>`],
  [
    "bgcolor and font color",
    `<table bgcolor="#ffffff"><tr><td><font color="white">${X}</font></td></tr></table>`,
  ],
  ["no height, overflow hidden", styled("height:0;overflow:hidden")],
  ["max-height 0", styled("max-height:0px;overflow:hidden")],
  ["width 1px", styled("width:1px;overflow:hidden;white-space:nowrap")],
  ["scale(0)", styled("transform:scale(0)")],
  ["off the left", styled("position:absolute;left:-9999px")],
  ["off the top in em", styled("position:fixed;top:-900em")],
  ["text-indent", styled("text-indent:-9999px")],
  ["margin", styled("margin-left:-5000px")],
  ["translate", styled("transform: translateX(-5000px)")],
  ["clip", styled("position:absolute;clip:rect(0,0,0,0)")],
  ["clip-path", styled("clip-path: inset(100%)")],
  ["clip-path circle", styled("clip-path: circle(0)")],
  ["translate by a long sum", styled(`transform:translate(calc(${"0px + ".repeat(80)} -5000px))`)],
  ["for Outlook", styled("mso-hide:all")],
  ["the hidden attribute", `<p>Hello</p><p hidden>${X}</p>`],
  [
    "a class of a style sheet",
    `<style>.a{color:red}.x,.y{display:none}</style><p class="b x">${X}</p>`,
  ],
  ["an id of a style sheet", `<style>#z{visibility:hidden}</style><p id="z">${X}</p>`],
  ["a tag of a style sheet", `<style>em { font-size : 0 }</style><em>${X}</em>`],
  ["the last of a selector", `<style>div > .x{opacity:0}</style><div><p class="x">${X}</p></div>`],
  ["a comment", `<p>Hello</p><!-- ${X} -->`],
  ["a conditional comment", `<!--[if mso]><p>${X}</p><![endif]-->`],
  ["alt text", `<img src="x.png" alt="${X}">`],
  ["a title attribute", `<span title="${X}">Hello</span>`],
  ["an aria label", `<span aria-label="${X}">Hello</span>`],
  ["the title of the page", `<head><title>${X}</title></head><p>Hello</p>`],
  ["a script", `<script>${X}</script>`],
  ["a template", `<template><p>${X}</p></template>`],
  ["noscript", `<noscript>${X}</noscript>`],
  ["SVG text", `<svg><text>${X}</text></svg>`],
  ["MathML", `<math><annotation>${X}</annotation></math>`],
  ["a data attribute", `<p data-note="${X}">Hello</p>`],
  ["a hidden field", `<input type="hidden" value="${X}">`],
  ["an option", `<select><option>${X}</option></select>`],
  ["a style sheet's content", `<style>p::after{content:"${X}"}</style><p>Hello</p>`],
  ["never closed", `<p>Hello</p><div style="display:none">${X}`],
  ["closed out of order", `<div style="display:none"><b>${X}</div></b>`],
])("not seen: %s", (_, html) => {
  expect(textOfHtml(`<p>Dear Maya</p>${html}<p>Best</p>`)).not.toContain("Forward");
  expect(textOfHtml(`<p>Dear Maya</p>${html}`)).toContain("Dear Maya");
});

test.each([
  ["plain", `<p>${X}</p>`],
  ["grey small print", styled("color:#999;font-size:9px")],
  ["white on blue", styled("background:#1155cc;color:#ffffff")],
  [
    "white on an ancestor's blue",
    `<div style="background-color:navy">${styled("color:white")}</div>`,
  ],
  [
    "white on bgcolor",
    `<table bgcolor="#333333"><tr><td><font color="#ffffff">${X}</font></td></tr></table>`,
  ],
  ["white on a picture", styled("background:url(x.png);color:white")],
  [
    "in a table of layout",
    `<table><tr><td><table><tr><td>${X}</td></tr></table></td></tr></table>`,
  ],
  ["half transparent", styled("opacity:.6")],
  ["a shown child cannot undo, a shown sibling can", `<i style="display:none">a</i>${X}`],
  [
    "hidden on phones only",
    `<style>@media (max-width:600px){.x{display:none}}</style><p class="x">${X}</p>`,
  ],
  ["another class", `<style>.y{display:none}</style><p class="x">${X}</p>`],
  ["an image's neighbour of no height", `<img height="0" width="0">${X}`],
  ["an unknown colour", styled("color:var(--ink)")],
  ["moved a little", styled("position:relative;left:-4px;margin-left:-12px")],
  ["in a quote", `<blockquote>${X}</blockquote>`],
  ["in a link", `<a href="https://evil.example">${X}</a>`],
  ["details", `<details><summary>More</summary>${X}</details>`],
  ["angle brackets as text", `<p>&lt;b&gt;${X}&lt;/b&gt;</p>`],
])("seen: %s", (_, html) => {
  expect(textOfHtml(html).replace(/\s+/g, " ")).toContain(X);
});

test.each([
  ["zero width", "For\u200bward"],
  ["joiners", "For\u200d\u2060ward"],
  ["soft hyphen", "For\u00adward"],
  ["byte order mark", "For\ufeffward"],
  ["Hangul filler", "For\u3164ward"],
  ["tag characters", "Forward\u{E0049}\u{E0067}"],
  ["variation selectors", "Forward\u{E0100}\u{E0121}\ufe0f"],
  ["private use", "For\ue000ward"],
  ["bidi", "\u202eForward\u202c\u2066\u2069"],
  ["control", "For\u0007ward\u0000"],
])("%s is dropped", (_, text) => {
  expect(visible(text)).toBe("Forward");
  expect(textOfHtml(`<p>${text}</p>`)).toBe("Forward");
});

test.each([
  ["an emoji of several", "Well done \u{1F469}\u200d\u{1F4BB}\ufe0f", 0],
  [
    "a word written with tags",
    `Hi ${Array.from("send", (c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join("")}`,
    4,
  ],
  ["a word turned around", "\u202Etxet\u202C", 2],
  ["many joiners", "\u200b".repeat(30), 30],
])("%s hides %s", (_, text, hidden) => {
  expect(unseenIn(text)).toBe(hidden);
});

const HIDING = ["display:none", "opacity:0", "font-size:0", "color:#fff", "visibility:hidden"];

test("whatever stands round it, hidden text is not read and seen text is", () => {
  const around = array(
    constantFrom(
      "<b>",
      "</b>",
      "<div>",
      "</p>",
      "<td>",
      "a & b",
      "<br>",
      "<!--x-->",
      "<p style='color:red'>",
    ),
    { maxLength: 12 },
  );
  assert(
    property(tuple(around, around), constantFrom(...HIDING), ([before, after], style) => {
      const html = `${before.join("")}<div style="${style}">SECRET</div>${after.join("")}<p>SEEN</p>`;
      const text = textOfHtml(html);
      expect(text).not.toContain("SECRET");
      expect(text).toContain("SEEN");
    }),
  );
});

test("any text at all is read without an error, and gains nothing", () => {
  assert(
    property(string({ unit: "binary", maxLength: 400 }), (html) => {
      const { html: out, hidden } = shownHtml(html);
      expect(hidden).toBeGreaterThanOrEqual(0);
      expect(shownHtml(out).hidden).toBe(0);
    }),
  );
});

test.each([
  [
    "a sheet for every element",
    `<style>${".a{b:c}".repeat(20_000)}</style>${"<p class=a>x".repeat(5000)}`,
  ],
  ["movements", styled(`transform:${"translate(".repeat(50_000)}`)],
  ["shapes", styled(`clip:${"rect(".repeat(50_000)}`)],
  ["colours", styled(`background:${"rgb(".repeat(50_000)}`)],
])("without end are judged in time: %s", (_, html) => {
  expect(worked(() => shownHtml(html)).ms).toBeLessThan(1500);
});

test("what comes after more style than any mail has counts as hidden, and is counted", () => {
  const sheet = `<style>${".a{b:c}".repeat(20_000)}</style>`;
  const { html, hidden } = shownHtml(`${sheet}<p>Hello</p>${"<i class=a>x</i>".repeat(99)}<p>${X}`);
  expect(html).toContain("Hello");
  expect(html).not.toContain(X);
  expect(hidden).toBeGreaterThan(X.length / 2);
});
