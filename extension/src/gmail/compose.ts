/** Gmail's compose windows stand at the page's edge and would lie under the panel: one rule moves them beside it while it is open. */

/** On <html> while the panel or its tab is shown. */
export const OPEN = "data-vaultdesk";

/** Takes pixels, and whether the panel lies over the page: then the windows lie over the panel. */
export function composeMover(): (shift: number, floating: boolean) => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let rule = "";
  return (shift, floating) => {
    const above = floating ? ";z-index:1001" : "";
    const wanted = `html[${OPEN}="open"] .dw{transform:translateX(${shift}px)${above}}`;
    if (wanted !== rule) sheet.replaceSync(wanted);
    rule = wanted;
  };
}
