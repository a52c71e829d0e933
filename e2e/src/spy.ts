/** What a hostile Gmail page does before anybody else's script runs: it patches what others will call, and listens to all there is. */
export const HOST = '[role=complementary][aria-label="VaultDesk"]';
export const GUESSED_NONCE = "11111111-1111-4111-8111-111111111111";

/** Runs in the page's own world. Whatever it catches goes to `window.__loot`. */
export const SPY = `if (location.origin === "https://mail.google.com") {
  const loot = (window.__loot = []);
  const isOurs = (node) => node instanceof Element && (node.matches(${JSON.stringify(HOST)}) || node.matches("iframe"));
  const patch = (object, name, catches) => {
    const was = object[name];
    object[name] = function (...args) {
      if (catches(this, args)) loot.push("called " + name);
      return Reflect.apply(was, this, args);
    };
  };
  patch(Element.prototype, "attachShadow", () => true);
  patch(Document.prototype, "createElement", (_, [tag]) => tag === "iframe");
  for (const proto of [Element.prototype, Document.prototype]) patch(proto, "append", (_, nodes) => nodes.some(isOurs));
  patch(Node.prototype, "appendChild", (_, nodes) => nodes.some(isOurs));
  patch(Node.prototype, "insertBefore", (_, nodes) => nodes.some(isOurs));
  patch(JSON, "stringify", (_, [value]) => value !== null && typeof value === "object" && "nonce" in value);
  const src = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "src");
  Object.defineProperty(HTMLIFrameElement.prototype, "src", { ...src, set(value) { loot.push("src " + value); src.set.call(this, value); } });
  crypto.randomUUID = () => (loot.push("asked for a nonce"), ${JSON.stringify(GUESSED_NONCE)});
  for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "copy"]) {
    window.addEventListener(type, (event) => loot.push(type + " " + (event.key ?? event.data ?? "")), true);
  }
  window.addEventListener("message", (event) => loot.push("message " + event.origin), true);
  window.addEventListener("pointermove", (event) => {
    const inner = event.composedPath()[0];
    if (inner instanceof Element && inner.closest(".handle, iframe")) loot.push("saw inside");
  }, true);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof HTMLIFrameElement || (node instanceof Element && node.shadowRoot)) loot.push("saw a frame");
    }
  }).observe(document, { subtree: true, childList: true });
}`;
