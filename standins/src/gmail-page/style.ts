/** The page's own style, light and dark. `data-theme` decides, never the system: so it is in Gmail. */
import { ICONS } from "./icons.ts";

const COLOURS = `
:root { color-scheme: light; --frame: #f3f5fa; --card: #ffffff; --read: #f5f7fb; --ink: #1d2027; --soft: #5a6170; --line: #e4e8f0; --hover: #eaeef7; --field: #e8ecf5; --here: #d5e1f8; --on-here: #14294f; --act: #c9dcf9; --on-act: #10284f; --link: #2456b3; --draft: #b3372f; }
:root[data-theme="dark"] { color-scheme: dark; --frame: #14161b; --card: #1c1f26; --read: #191c22; --ink: #e9ecf2; --soft: #a4acba; --line: #2d323c; --hover: #272c36; --field: #242933; --here: #2d4066; --on-here: #dfe9ff; --act: #33486f; --on-act: #e4edff; --link: #9fc0ff; --draft: #ff9c92; }
.tint-0 { background: #3c6fb4; } .tint-1 { background: #7a58a8; } .tint-2 { background: #23776f; } .tint-3 { background: #a5552f; } .tint-4 { background: #a2446d; } .tint-5 { background: #5f6b2c; }`;

const FRAME = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; overflow: hidden; }
body { background: var(--frame); color: var(--ink); font: 14px/1.45 "Inter", "Roboto", "Segoe UI", system-ui, sans-serif; -webkit-font-smoothing: antialiased; }
a { color: inherit; text-decoration: none; }
button { font: inherit; color: inherit; border: 0; background: none; padding: 0; }
:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
.icon { display: inline-block; flex: none; width: 20px; height: 20px; background: currentColor; mask: center / 20px no-repeat; }
.root { display: flex; flex-direction: column; height: 100vh; }
.gb_x { display: flex; align-items: center; flex: none; height: 64px; padding: 0 16px 0 24px; }
.menu { display: grid; margin-right: 18px; color: var(--soft); }
.mark { display: grid; place-items: center; width: 34px; height: 34px; margin-right: 10px; border-radius: 10px; background: var(--here); color: var(--on-here); }
.brand { width: 126px; font-size: 19px; font-weight: 500; letter-spacing: -0.01em; white-space: nowrap; }
.brand small { margin-left: 4px; font-size: 11px; font-weight: 400; letter-spacing: 0; color: var(--soft); }
form[role="search"] { display: flex; align-items: center; gap: 12px; flex: 0 1 720px; height: 46px; padding: 0 18px; border-radius: 23px; background: var(--field); color: var(--soft); }
form input { flex: 1; min-width: 0; border: 0; outline: 0; background: none; color: var(--ink); font: inherit; font-size: 15px; }
form input::placeholder { color: var(--soft); }
.account { display: grid; place-items: center; flex: none; width: 34px; height: 34px; margin-left: auto; border-radius: 50%; color: #fff; font-weight: 500; }
.columns { display: flex; flex: 1; min-height: 0; padding-bottom: 8px; }
.aeN { flex: none; width: 232px; padding: 8px 16px 0 0; }
.T-I { display: inline-flex; align-items: center; gap: 12px; height: 54px; margin: 0 0 14px 12px; padding: 0 24px 0 18px; border-radius: 16px; background: var(--act); color: var(--on-act); font-weight: 500; }
.TO { display: flex; align-items: center; gap: 16px; height: 34px; padding: 0 14px 0 26px; border-radius: 0 17px 17px 0; color: var(--soft); }
.TO .aio { flex: 1; color: var(--ink); }
.TO:hover { background: var(--hover); }
.TO.nZ, .TO.nZ .aio { background: var(--here); color: var(--on-here); font-weight: 600; }
.bsU { font-size: 12px; }
.bkL { display: flex; flex: 1; min-width: 0; }
.bkK { flex: 1 1 0; min-width: 0; padding-bottom: 8px; container: main / inline-size; }
.card { height: 100%; overflow: hidden; border-radius: 16px; background: var(--card); }
.AO { height: 100%; overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.WN9Ejb { flex: none; width: 56px; }
.aUx { width: 56px; padding-top: 12px; color: var(--soft); }
.aUx [role="tab"] { display: grid; place-items: center; width: 40px; height: 40px; margin: 0 auto 12px; border-radius: 50%; }
.aUx [role="tab"]:hover, .tool:hover { background: var(--hover); }
.dw { position: fixed; right: 0; bottom: 0; z-index: 2; display: flex; height: 0; }
.aJl { flex: none; width: 56px; }
.strip { display: flex; }
.AD { position: absolute; right: 72px; bottom: 0; display: flex; flex-direction: column; width: 480px; height: 440px; overflow: hidden; border-radius: 12px 12px 0 0; background: var(--card); box-shadow: 0 4px 20px rgb(0 0 0 / 28%); }
.Hp { display: flex; align-items: center; justify-content: space-between; flex: none; height: 42px; padding: 0 8px 0 16px; background: var(--field); font-weight: 600; }
.aoT { flex: none; height: 38px; margin: 0 16px; border: 0; border-bottom: 1px solid var(--line); background: none; color: var(--ink); font: inherit; }
.Al { flex: 1; overflow: auto; padding: 12px 16px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; outline: 0; }
.aDh { flex: none; padding: 10px 16px 14px; font-size: 12px; color: var(--soft); }
.G-atb { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 4px; height: 48px; padding: 0 14px 0 10px; background: var(--card); color: var(--soft); }
.tool { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%; cursor: pointer; }
.Dj { margin-left: auto; font-size: 12px; }
.empty { padding: 96px 24px; text-align: center; color: var(--soft); }
@media (max-width: 1180px) {
  .aeN { width: 72px; padding-right: 8px; }
  .aeN .aio, .aeN .bsU, .T-I span { display: none; }
  .T-I { margin-left: 8px; padding: 0 17px; }
}`;

const LIST = `
.zt { width: 100%; border-collapse: collapse; table-layout: fixed; }
.zA { height: 42px; cursor: pointer; background: var(--read); }
.zA.zE { background: var(--card); }
.zA td { padding: 0; border-top: 1px solid var(--line); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.zA:hover { background: var(--hover); }
.zE .bA4, .zE .bqe, .zE .bq3 { font-weight: 650; color: var(--ink); }
.oZ-x3, .apU { width: 34px; color: var(--soft); opacity: 0.65; }
td.oZ-x3 { width: 46px; padding-left: 18px; }
.zA .icon { width: 18px; height: 18px; mask-size: 18px; vertical-align: middle; }
td.apU.on { color: #c77d0a; opacity: 1; }
td.yf { width: 24px; color: var(--soft); }
td.yX { width: 190px; padding: 0 14px 0 6px; }
.yW { display: flex; align-items: baseline; }
.bA4, .to, .y6 { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.yW .draft-word, .bx0 { flex: none; }
.bx0 { margin-left: 5px; font-size: 12px; color: var(--soft); }
.draft-word { color: var(--draft); }
.to { margin-left: 6px; color: var(--soft); }
.y2 { color: var(--soft); }
td.xW { width: 86px; padding-right: 18px; text-align: right; }
.bq3 { font-size: 12px; color: var(--soft); }
@container main (max-width: 620px) {
  td.oZ-x3 { display: none; }
  td.apU { width: 44px; padding-left: 14px; }
  td.yX { width: 118px; }
}`;

const THREAD = `
.a98 { padding: 4px 24px 40px 72px; }
.ha { display: flex; align-items: center; flex-wrap: wrap; gap: 6px 12px; padding: 8px 0 14px; }
.hP { margin: 0; font-size: 22px; font-weight: 450; line-height: 1.3; letter-spacing: -0.01em; outline: 0; overflow-wrap: anywhere; }
.hN { padding: 1px 8px; border-radius: 5px; background: var(--field); color: var(--soft); font-size: 12px; }
.messages > * + *, .draft { border-top: 1px solid var(--line); }
.ajn { position: absolute; left: -52px; top: 14px; display: grid; place-items: center; width: 38px; height: 38px; border-radius: 50%; color: #fff; font-size: 16px; font-weight: 500; }
.adn, .adf { position: relative; }
.adf { display: flex; align-items: center; gap: 14px; height: 64px; cursor: pointer; }
.kv:hover .iA { color: var(--ink); }
.iA { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
.gE { display: flex; align-items: flex-start; gap: 14px; padding-top: 14px; }
.h7:not(:last-child) .gE { cursor: pointer; }
.names { flex: 1; min-width: 0; }
.names > div { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.gD { font-weight: 600; white-space: nowrap; }
.go { margin-left: 6px; font-size: 12px; color: var(--soft); }
.hb { font-size: 12px; color: var(--soft); }
.g3 { flex: none; line-height: 20px; font-size: 12px; color: var(--soft); }
.names .draft-word { display: block; font-weight: 600; }
.a3s { max-width: 74ch; padding: 16px 0 18px; line-height: 1.55; }
.a3s > div { white-space: pre-wrap; overflow-wrap: anywhere; }
.gmail_quote { margin: 12px 0; padding-left: 12px; border-left: 2px solid var(--line); color: var(--soft); }
.hq { display: flex; flex-wrap: wrap; gap: 10px; padding: 0 0 18px; }
.aQH { display: inline-flex; align-items: center; gap: 8px; max-width: 100%; padding: 8px 14px 8px 10px; border: 1px solid var(--line); border-radius: 10px; color: var(--soft); }
.aV3 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--ink); }
.SaH2Ve { font-size: 12px; white-space: nowrap; }
.amn { display: flex; gap: 10px; padding: 10px 0; }
.ams { padding: 7px 20px; border: 1px solid var(--line); border-radius: 18px; color: var(--soft); font-weight: 500; }
@container main (max-width: 620px) {
  .a98 { padding: 4px 18px 32px 64px; }
  .ajn { left: -48px; width: 34px; height: 34px; }
  .go { display: none; }
}`;

export const STYLE = [COLOURS, FRAME, LIST, THREAD, ICONS].join("\n");
