/** `read_my_style`: how the user writes to these people, from their own sent mail of now. Nothing of it is kept after the run. */
import { z } from "zod";

import { ownText } from "../../actions/own-text.ts";
import { styleOf } from "../../actions/style.ts";
import { failed, plural, refused } from "./outcome.ts";
import { GoogleId, readTool } from "./tool.ts";

const SAMPLES = 4;

export const readMyStyle = readTool(
  {
    name: "read_my_style",
    title: "Reading how you write",
    description:
      "Before a draft: the user's own sent mail to the same people, as examples of style only, with their usual greeting, sign-off and length. {name} stands for the recipient's name.",
    args: z.strictObject({
      to: z.array(z.string().max(320)).max(10).optional().describe("Who the draft is for."),
      message_id: GoogleId.optional().describe("Or the message that is answered."),
    }),
  },
  async ({ to = [], message_id: messageId }, { mail, settings }, signal) => {
    if ((await settings?.())?.voice !== true) {
      return failed("turned_off", "Writing in the user's voice is turned off. Draft without it.");
    }
    const found = await mail.sentLike({ to, messageId }, signal);
    if (!found.ok) return refused(found.problem);
    const { basis, me, messages } = found.value;
    const signatures = me.aliases.map((alias) => alias.signature);
    const samples = messages
      .map((message) => ({ to: message.to.slice(0, 300), text: ownText(message.text, signatures) }))
      .filter((sample) => sample.text !== "")
      .slice(0, SAMPLES);
    const facts = styleOf(samples.map((sample) => sample.text));
    return {
      json: {
        basis,
        usual_greeting: facts.greeting ?? "none",
        usual_sign_off: facts.signOff ?? "none",
        median_words: facts.medianWords,
        language: facts.language ?? "unknown",
        form_of_address: facts.address ?? "unknown",
        samples,
      },
      ok: true,
      untrusted: true,
      summary: `Read ${plural(samples.length, "sent message")} for your style`,
      details: [`From ${basis}`],
    };
  },
);
