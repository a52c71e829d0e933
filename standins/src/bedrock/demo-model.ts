/**
 * The demo's model: rules, no language model, and it says so. A pure function of the conversation: it takes the request from the user's
 * last words, and every fact of an answer from a tool result. Text of mail is never read as a request.
 */
import type { Model, ModelRequest } from "./converse.ts";
import { changeMove } from "./demo/change-draft.ts";
import { readFacts } from "./demo/facts.ts";
import { type Move, say, type Scene } from "./demo/move.ts";
import { officeMove } from "./demo/office-moves.ts";
import { failureAnswer, mayRetry } from "./demo/outcome.ts";
import { latestMove, saidMove, searchMove, threadMove, widenMove } from "./demo/read-moves.ts";
import { readRequest } from "./demo/request.ts";
import { readTurn } from "./demo/turn.ts";
import { draftMove, sendMove } from "./demo/write-moves.ts";

const ABILITIES =
  "I can summarise the open thread, tell you what is still open or what someone wrote, find mails, draft a reply, read your calendar, and, after you approve it on your phone, send a draft, change the calendar, or label, archive and bin mails.";
const IDENTITY =
  "I am the demo's rule-based model, not an AI: a set of rules that reads your mail through VaultDesk's tools.";

export const demoModel: Model = (request) => decide(request);

function decide(request: ModelRequest): Move {
  const facts = readFacts(request.system);
  const turn = readTurn(request.messages);
  const last = turn.steps.at(-1);
  if (last !== undefined && !last.reply.ok && !mayRetry(turn.steps))
    return say(failureAnswer(last));
  const scene: Scene = { facts, turn, done: turn.steps.filter((step) => step.reply.ok) };
  const move = moveFor(scene);
  const missing = move.find(
    (block) => "toolUse" in block && !request.tools.includes(block.toolUse.name),
  );
  if (missing === undefined) return move;
  return say("The tool that this needs is not offered to me here, so I did nothing.");
}

function moveFor(scene: Scene): Move {
  const { facts, turn } = scene;
  const intent = readRequest(turn.request, {
    today: facts.today,
    user: facts.user?.address,
    openThread: facts.openThread,
  });
  switch (intent.kind) {
    case "who_are_you":
      return say(`${IDENTITY} ${ABILITIES}`);
    case "thanks":
      return say("You're welcome. Nothing was changed or sent just now.");
    case "widen":
      return (
        widenMove(scene) ??
        say(`I am not sure what to do with that; I am the demo's rule-based model. ${ABILITIES}`)
      );
    case "send":
      return sendMove(scene);
    case "thread":
      return threadMove(scene, intent);
    case "said":
      return saidMove(scene, intent);
    case "search":
      return searchMove(scene, intent.search);
    case "latest":
      return latestMove(scene, intent);
    case "draft":
      return draftMove(scene, intent.draft);
    case "change":
      return changeMove(scene, intent.change);
    case "office":
      return officeMove(scene, intent.office);
    case "unknown":
      return say(`I am the demo's rule-based model and did not understand that. ${ABILITIES}`);
  }
}
