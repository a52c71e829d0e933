/** A model that does one thing: "send N for K to A" becomes N drafts and one request to the phone, "schedule for K with A" one event; then it says what came of it. */
import type { Model } from "@vaultdesk/standins/bedrock/converse.ts";
import { toolUse } from "@vaultdesk/standins/bedrock/scripted-model.ts";
import { z } from "zod";

export const ANA = "ana.ruiz@helio-capital.example";

const Drafted = /"draft_id"\s*:\s*"([^"]+)"[^{}]*"saved"/g;
const Result = z.object({ toolResult: z.unknown() });

export const askingModel: Model = ({ messages }) => {
  const asked = messages.findLastIndex((message) =>
    message.content.some(
      (block) => "text" in block && /^(?:send \d+|schedule) for \d+ /.test(block.text),
    ),
  );
  const turn = messages.slice(asked);
  const text = JSON.stringify(turn[0]);
  const [, count = "1", who = "0"] = /send (\d+) for (\d+)/.exec(text) ?? [];
  const [, meeting] = /schedule for (\d+)/.exec(text) ?? [];
  const results = turn.flatMap((message) =>
    message.content.flatMap((block) => {
      const result = Result.safeParse(block);
      return result.success ? [JSON.stringify(result.data.toolResult)] : [];
    }),
  );
  const said = { text: "That is what the phone and Google made of it; see the card." };
  if (meeting !== undefined) {
    return results.length > 0
      ? [said]
      : [
          toolUse("create_calendar_event", {
            title: `Sweep ${meeting}`,
            when: "tomorrow at 3pm",
            guests: [ANA],
          }),
        ];
  }
  const drafts = results.flatMap((result) =>
    [...result.replaceAll("\\", "").matchAll(Drafted)].map((match) => match[1] ?? ""),
  );
  if (drafts.length < Number(count)) {
    return [
      toolUse("draft_email_reply", {
        mode: "new",
        to: [ANA],
        subject: `Sweep ${who} mail ${drafts.length + 1}`,
        body: `Hello Ana, this is mail ${drafts.length + 1} of sweep ${who}.`,
      }),
    ];
  }
  if (results.length <= drafts.length) {
    return [
      drafts.length === 1
        ? toolUse("send_email_with_approval", { draft_id: drafts[0] })
        : toolUse("send_email_with_approval", { draft_ids: drafts }),
    ];
  }
  return [said];
};
