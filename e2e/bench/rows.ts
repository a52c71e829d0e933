/** The rows, by number. Each is measured in a process of its own: none inherits another's heap, sockets or warm code. */

export const ROWS: Readonly<Record<number, { title: string; file: string }>> = {
  1: { title: "search", file: "row-search.ts" },
  2: { title: "thread", file: "row-thread.ts" },
  3: { title: "turn", file: "row-turn.ts" },
  4: { title: "yes to delivered", file: "row-delivered.ts" },
  5: { title: "waiting", file: "row-waiting.ts" },
  6: { title: "streams", file: "row-streams.ts" },
  7: { title: "store", file: "row-store.ts" },
  8: { title: "panel", file: "row-panel.ts" },
  9: { title: "install", file: "row-install.ts" },
  10: { title: "voice", file: "row-voice.ts" },
  11: { title: "attachment", file: "row-attachment.ts" },
};
