/**
 * Which layout `storage.local` has, and how an older one becomes this one, when the extension was updated. What a newer version wrote before
 * somebody went back is left alone: each reader parses what it reads. The sign-in lies elsewhere, in the session page's own storage.
 */
import { browser } from "wxt/browser";
import { z } from "zod";

type Stored = Readonly<Record<string, unknown>>;
type Step = (stored: Stored) => { set: Stored; remove: string[] };

const KEY = "layout";

/** The step at index n makes layout n + 1. One that has shipped is never changed. */
const STEPS: readonly Step[] = [
  // Two answers that could contradict each other become one word.
  ({ panelOpen, panelCollapsed }) => ({
    set: panelOpen === true ? { panel: panelCollapsed === true ? "collapsed" : "open" } : {},
    remove: ["panelOpen", "panelCollapsed"],
  }),
];

export async function relayStorage(): Promise<void> {
  const { local } = browser.storage;
  let layout = z
    .int()
    .min(0)
    .catch(0)
    .parse((await local.get(KEY))[KEY]);
  for (const step of STEPS.slice(layout)) {
    const { set, remove } = step(await local.get(null));
    layout += 1;
    // A worker that is killed after this leaves keys that nobody reads, and loses none.
    await local.set({ ...set, [KEY]: layout });
    await local.remove(remove);
  }
}
