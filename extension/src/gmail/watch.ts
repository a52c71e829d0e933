/** Calls back after Gmail has changed its page and come to rest: at most once each 150 ms, and never while nothing changes. */

const REST_MS = 150;

export function watchPage(doc: Document, changed: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed();
    }, REST_MS);
  });
  observer.observe(doc.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: [
      "data-legacy-thread-id",
      "data-thread-perm-id",
      "data-legacy-message-id",
      "aria-hidden",
    ],
  });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  });
}
