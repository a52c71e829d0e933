/**
 * The page's own script, as text: it is served inline with a nonce. Builds what the server describes with `createElement` and
 * `textContent`, asks again each 2 s, and renders only what changed.
 */
export const CLIENT = `
"use strict";
window.__shortcuts = [];
const main = document.querySelector("[role=main]");
const root = document.querySelector(".nH.root");
const strip = document.querySelector(".dw > .strip");
const search = document.querySelector("form[role=search]");
const base = location.pathname.replace(/[^/]*$/, "");
let opened = new Set();
let folded = new Set();
let shown = "";
let version = "";
let asked = 0;
let windows = "[]";

function inWords({ at, form }) {
  const date = new Date(at);
  const now = new Date();
  const clock = date.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });
  const day = date.toLocaleDateString("en-US", { month: "short", day: "numeric" });
  if (form === "full") {
    const year = date.getFullYear() === now.getFullYear() ? "" : ", " + date.getFullYear();
    return date.toLocaleDateString("en-US", { weekday: "short" }) + ", " + day + year + ", " + clock;
  }
  if (date.toDateString() === now.toDateString()) return clock;
  return date.getFullYear() === now.getFullYear() ? day : date.toLocaleDateString("en-US", { year: "2-digit", month: "numeric", day: "numeric" });
}

function build(part) {
  const node = document.createElement(part.tag);
  for (const [name, value] of Object.entries(part.attrs ?? {})) node.setAttribute(name, value);
  if (part.text !== undefined) node.textContent = part.text;
  if (part.time !== undefined) node.textContent = inWords(part.time);
  node.append(...(part.parts ?? []).map(build));
  const act = part.go !== undefined ? () => { location.hash = part.go; } : part.toggle !== undefined ? () => toggle(part.toggle) : undefined;
  if (act !== undefined) {
    node.addEventListener("click", act);
    node.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === node) act(); });
  }
  return node;
}

function toggle(id) {
  if (opened.has(id)) {
    opened.delete(id);
    folded.add(id);
  } else {
    opened.add(id);
    folded.delete(id);
  }
  void refresh();
}

function render(view, place) {
  document.title = view.title;
  for (const link of document.querySelectorAll(".TO")) {
    link.classList.toggle("nZ", link.dataset.folder === view.folder);
    const count = link.querySelector(".bsU");
    if (count) count.textContent = view.counts[link.dataset.folder] || "";
  }
  const moved = place !== shown;
  const top = main.scrollTop;
  main.replaceChildren(...view.main.map(build));
  main.scrollTop = moved ? 0 : top;
  if (moved) search.querySelector("input").value = view.words;
  // What is typed in a window stays while the window is the same.
  const wanted = JSON.stringify(view.strip);
  if (wanted !== windows) strip.replaceChildren(...view.strip.map(build));
  windows = wanted;
  shown = place;
}

async function refresh() {
  const place = location.hash || "#inbox";
  if (place !== shown) {
    opened = new Set();
    folded = new Set();
  }
  const turn = ++asked;
  const query = new URLSearchParams({ at: place, open: [...opened].join(",") });
  try {
    const response = await fetch(base + "data?" + query, { cache: "no-store" });
    if (!response.ok) return;
    const data = await response.json();
    // An answer that was overtaken by a click is of another place.
    if (turn !== asked) return;
    for (const id of data.view.opened) if (!folded.has(id)) opened.add(id);
    if (data.version === version && place === shown) return;
    version = data.version;
    render(data.view, place);
  } catch {
    return;
  }
}

// As in Gmail the root is as wide as the window was when it last told of a resize.
function measure() {
  root.style.width = window.innerWidth + "px";
}

document.addEventListener("keydown", (event) => {
  if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]")) return;
  if (["e", "#", "r"].includes(event.key)) window.__shortcuts.push(event.key);
});
// As in Gmail a new message leaves the view that stands behind it.
document.querySelector(".T-I").addEventListener("click", (event) => {
  event.preventDefault();
  location.hash = (location.hash || "#inbox").replace(/\\?.*$/, "") + "?compose=new";
});
search.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = search.querySelector("input").value.trim();
  location.hash = words === "" ? "#inbox" : "#search/" + encodeURIComponent(words);
});
document.querySelector("a[href*=SignOutOptions]").addEventListener("click", (event) => event.preventDefault());
window.addEventListener("resize", measure);
window.addEventListener("hashchange", () => void refresh());
setInterval(() => void refresh(), 2000);
measure();
void refresh();
`;
