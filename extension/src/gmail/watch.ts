/** Calls back after Gmail has changed its page and come to rest: at most once each 150 ms, and never while nothing changes. */

const REST_MS = 150;

export function watchPage(doc: Document, changed: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, REST_MS);
  };
  const observer = new MutationObserver(rest);
  observer.observe(doc.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: [
      "data-legacy-thread-id",
      "data-thread-perm-id",
      "data-legacy-message-id",
      "data-message-id",
      "aria-hidden",
      "hidden",
      "style",
    ],
  });
  // A theme may come as a class or an attribute of these two, and its colours with a style sheet that loads later.
  const looks = new MutationObserver(rest);
  for (const element of [doc.documentElement, doc.body]) {
    looks.observe(element, { attributes: true });
  }
  doc.addEventListener(
    "load",
    (event) => {
      if (event.target instanceof HTMLLinkElement) rest();
    },
    { capture: true, signal },
  );
  signal.addEventListener("abort", () => {
    observer.disconnect();
    looks.disconnect();
    clearTimeout(timer);
  });
}
