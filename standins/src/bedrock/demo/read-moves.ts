/** Moves that read: the open thread, a search, the newest mails. Pure. */
import { type Facts, isPerson, personOf } from "./facts.ts";
import { call, type Move, say, type Scene } from "./move.ts";
import type { Intent } from "./request.ts";
import { FoundMail, lastOf, ThreadMail } from "./results.ts";
import { OFFER, emptyAnswer, latestAnswer, searchAnswer, wider } from "./search-answer.ts";
import { type SearchRequest, Wanted } from "./search-request.ts";
import { termsMove } from "./terms-move.ts";
import { saidAnswer, threadAnswer } from "./thread-answer.ts";
import { type Read, readThread } from "./thread-read.ts";

const NO_THREAD =
  "No thread is open beside me. Open one in Gmail and ask again, or ask me to find mails by sender or word.";

export function threadOf(scene: Scene): Read | undefined {
  const mail = lastOf(scene.done, "read_email_thread", ThreadMail);
  return mail === undefined ? undefined : readThread(mail, scene.facts);
}

export function foundOf(scene: Scene, name = "search_gmail"): FoundMail | undefined {
  return lastOf(scene.done, name, FoundMail);
}

export function threadMove(scene: Scene, intent: Extract<Intent, { kind: "thread" }>): Move {
  const read = threadOf(scene);
  if (read !== undefined) {
    if (intent.ask === "terms") return termsMove(scene, read);
    return say(threadAnswer(intent.ask, intent.person, read, scene.facts));
  }
  if (intent.topic !== undefined) {
    const wanted = { query: intent.topic };
    const found = foundOf(scene);
    if (found === undefined) return call("search_gmail", wanted);
    const first = found.messages[0];
    return first === undefined
      ? say(emptyAnswer(wanted))
      : call("read_email_thread", { thread_id: first.thread_id });
  }
  const { person, ask } = intent;
  const isNamed =
    person !== undefined && !/^(?:i|we|me|us|they|the other side|it|someone|anyone)$/i.test(person);
  if (ask !== "when_last" || !isNamed || scene.facts.openThread !== undefined)
    return readOpen(scene.facts);
  return searchMove(scene, { wanted: { from: person, max: 5 } });
}

function readOpen({ openThread }: Facts): Move {
  return openThread === undefined
    ? say(NO_THREAD)
    : call("read_email_thread", { thread_id: openThread });
}

/** The open thread first; all mail when it says nothing on it. */
export function saidMove(scene: Scene, intent: Extract<Intent, { kind: "said" }>): Move {
  const { facts } = scene;
  const read = threadOf(scene);
  const found = foundOf(scene);
  const isMe = intent.person !== undefined && /^(i|me|we)$/i.test(intent.person);
  const from = isMe ? (facts.user?.address ?? "me") : intent.person;
  const wanted: Wanted = {
    ...(from === undefined ? {} : { from }),
    ...(intent.topic === "" ? {} : { query: intent.topic }),
  };
  if (found !== undefined) {
    const again = bySurname(scene, wanted, found);
    if (again !== undefined) return again;
    const answer = searchAnswer({ wanted }, narrowed({ wanted }, found, scene), facts);
    return say(read === undefined ? answer : `This thread does not say. ${answer}`);
  }
  if (read !== undefined) {
    const answer = saidAnswer(intent, read, facts);
    if (answer !== undefined) return say(answer);
  } else if (facts.openThread !== undefined) return readOpen(facts);
  if (Object.keys(wanted).length === 0) return say(NO_THREAD);
  return call("search_gmail", wanted);
}

export function searchMove(scene: Scene, search: SearchRequest): Move {
  const { wanted, role } = search;
  const found = foundOf(scene);
  if (found !== undefined) {
    const again = bySurname(scene, wanted, found);
    return again ?? say(searchAnswer(search, narrowed(search, found, scene), scene.facts));
  }
  if (Object.keys(wanted).length === 0 && role === undefined) {
    return say(
      "Tell me whose mails or which word to look for, for example: find mails from Ana about escrow.",
    );
  }
  if (role === undefined) return call("search_gmail", wanted);
  return call("search_gmail", {
    ...(wanted.query === undefined ? { query: role } : {}),
    ...wanted,
    max: 25,
  });
}

/** Old mail has senders without display names: `jeff.dasovich@…` may only be found by one of the words. */
function bySurname(scene: Scene, wanted: Wanted, found: FoundMail): Move | undefined {
  const words = wanted.from?.split(/\s+/) ?? [];
  const asked = scene.done.at(-1)?.input["from"];
  if (found.messages.length > 0 || words.length < 2 || asked !== wanted.from) return undefined;
  return call("search_gmail", { ...wanted, from: words.at(-1) });
}

/** After a search by surname only, the mails of the person who was named. */
function narrowed({ wanted }: SearchRequest, found: FoundMail, scene: Scene): FoundMail {
  const asked = scene.done.at(-1)?.input["from"];
  if (wanted.from === undefined || asked === wanted.from) return found;
  const { from } = wanted;
  const messages = found.messages.filter((hit) => isPerson(personOf(hit.from), from));
  return { found: messages.length, messages };
}

export function widenMove(scene: Scene): Move | undefined {
  const { turn } = scene;
  if (!turn.lastAnswer.includes(OFFER)) return undefined;
  const last = turn.earlier.findLast((step) => step.name === "search_gmail");
  const wanted = Wanted.safeParse(last?.input).data;
  const next = wanted === undefined ? undefined : wider(wanted);
  return next === undefined ? undefined : searchMove(scene, { wanted: next });
}

export function latestMove(scene: Scene, intent: Extract<Intent, { kind: "latest" }>): Move {
  const found = foundOf(scene, "get_latest_emails");
  if (found !== undefined) return say(latestAnswer(intent.label, found, scene.facts));
  return call("get_latest_emails", {
    label: intent.label,
    ...(intent.max === undefined ? {} : { max: intent.max }),
  });
}
