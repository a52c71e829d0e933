/** Runs the demo model against tools that a test plays, as the server does: results of mail stand in a fence. For tests. */
import type { AnswerBlock, Message } from "../converse.ts";
import { demoModel } from "../demo-model.ts";

export const TOOLS = [
  "search_gmail",
  "get_latest_emails",
  "read_email_thread",
  "show_terms",
  "draft_email_reply",
  "send_email_with_approval",
];

export interface Stage {
  openThread?: string;
  selectedMessage?: string;
  user?: string;
  /** What each tool returns; one that is missing fails. */
  tools?: Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;
  past?: readonly Message[];
}

export interface Played {
  answer: string;
  calls: { name: string; input: Record<string, unknown> }[];
  messages: Message[];
}

export function systemOf({ openThread, selectedMessage, user }: Stage): string {
  return `You are VaultDesk, an assistant for a deal team, in a panel beside Gmail.

Now: 2026-11-23T14:05 (Monday)
Time zone: Europe/Madrid
User: ${user ?? "Maya Field <maya@northgate.example>"}
Open thread: ${openThread ?? "none"}
Selected message: ${selectedMessage ?? "none"}`;
}

const MAIL_TOOLS = new Set([
  "search_gmail",
  "get_latest_emails",
  "read_email_thread",
  "show_terms",
]);

function resultText(name: string, value: unknown): string {
  const json = JSON.stringify(value);
  const isError = typeof value === "object" && value !== null && "error" in value;
  return MAIL_TOOLS.has(name) && !isError
    ? `<untrusted source="gmail" id="m4rk">\n${json}\n</untrusted id="m4rk">`
    : json;
}

const MOST_TURNS = 8;

export async function rehearse(text: string, stage: Stage = {}): Promise<Played> {
  const messages: Message[] = [...(stage.past ?? []), { role: "user", content: [{ text }] }];
  const calls: Played["calls"] = [];
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const answer = await demoModel({
      modelId: "demo",
      system: systemOf(stage),
      messages,
      tools: TOOLS,
    });
    const used = answer.flatMap((block: AnswerBlock) =>
      "toolUse" in block ? [block.toolUse] : [],
    );
    messages.push({
      role: "assistant",
      content: answer.map((block, at) =>
        "text" in block
          ? block
          : { toolUse: { ...block.toolUse, toolUseId: `use-${messages.length}-${at}` } },
      ),
    });
    if (used.length === 0) {
      const words = answer.flatMap((block) => ("text" in block ? [block.text] : []));
      return { answer: words.join("\n"), calls, messages };
    }
    const results: Message["content"] = [];
    for (const [at, { name, input }] of used.entries()) {
      calls.push({ name, input });
      const value = (await stage.tools?.[name]?.(input)) ?? {
        error: "internal",
        message: "No such tool.",
      };
      results.push({
        toolResult: {
          toolUseId: `use-${messages.length - 1}-${at}`,
          content: [{ text: resultText(name, value) }],
        },
      });
    }
    messages.push({ role: "user", content: results });
  }
  throw new Error(`no answer after ${MOST_TURNS} turns`);
}
