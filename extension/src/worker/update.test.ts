import { beforeEach, expect, test, vi } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";

import { listen, row } from "../messages/listen.ts";
import { messages } from "../messages/protocol.ts";
import { takeUpdate, UPDATE_ALARM, updateAvailable } from "./update.ts";

const HOUR = 3_600_000;
const NOW = 1_790_000_000_000;
let reload = vi.fn<() => void>();

beforeEach(() => {
  fakeBrowser.reset();
  vi.useFakeTimers();
  reload = vi.fn<() => void>();
  vi.spyOn(browser.runtime, "reload").mockImplementation(reload);
  return () => vi.useRealTimers();
});

/** A panel that holds it: what was typed also when it is late. */
function holds(what: "typed" | "busy"): AbortController {
  const end = new AbortController();
  listen(
    [
      row({
        from: () => true,
        schema: messages.updateWaits.request.refine(({ late }) => what === "typed" || !late),
        handle: () => ({ held: true }),
      }),
    ],
    end.signal,
  );
  return end;
}

async function over(work: Promise<void>): Promise<void> {
  await vi.runAllTimersAsync();
  await work;
}

test("with no panel it is taken at once", async () => {
  await over(updateAvailable(NOW));
  expect(reload).toHaveBeenCalledTimes(1);
});

test.each<["typed" | "busy", number, number]>([
  ["busy", 0, 0],
  ["busy", 4 * HOUR - 1, 0],
  ["busy", 4 * HOUR, 1],
  ["typed", 4 * HOUR, 0],
  ["typed", 72 * HOUR, 0],
])("%s after %i ms: taken %i times", async (what, later, times) => {
  holds(what);
  await updateAvailable(NOW);
  await over(takeUpdate(NOW + later));
  expect(reload).toHaveBeenCalledTimes(times);
});

test("it is taken when what held it is gone, and a second version does not begin the wait anew", async () => {
  const typed = holds("typed");
  holds("busy");
  await updateAvailable(NOW);
  await updateAvailable(NOW + 3 * HOUR);
  await takeUpdate(NOW + 5 * HOUR);
  expect(reload).not.toHaveBeenCalled();
  typed.abort();
  await over(takeUpdate(NOW + 5 * HOUR));
  expect(reload).toHaveBeenCalledTimes(1);
});

test("an alarm that outlived its version ends itself and reloads nothing", async () => {
  await browser.alarms.create(UPDATE_ALARM, { periodInMinutes: 1 });
  await takeUpdate(NOW);
  expect(reload).not.toHaveBeenCalled();
  await expect(browser.alarms.get(UPDATE_ALARM)).resolves.toBeUndefined();
});

test("a refresh of the sign-in under way is waited for", async () => {
  const refreshed = Promise.withResolvers<void>();
  const refresh = navigator.locks.request("auth0-refresh-token", () => refreshed.promise);
  const taken = updateAvailable(NOW);
  await vi.waitFor(async () => expect((await navigator.locks.query()).pending).toHaveLength(1));
  expect(reload).not.toHaveBeenCalled();
  refreshed.resolve();
  await refresh;
  await over(taken);
  expect(reload).toHaveBeenCalledTimes(1);
});
