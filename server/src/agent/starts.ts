/**
 * Who asks is answered before anybody's answer is worked on. One piece of work is begun in a round of the event loop, in the order in which
 * it came, questions before answers; between two come the commits and the events that are ready. So of fifty who ask at once the first
 * sees its question taken while the last still waits, and no answer is begun before.
 */
export interface Starts {
  /** Resolves when a question may be taken. */
  question(): Promise<void>;
  /** Resolves when an answer may be worked on. */
  answer(): Promise<void>;
}

/** However many ask, an answer that waited so long is begun. Milliseconds. */
const PATIENCE_MS = 500;

interface Waiting {
  begin: () => void;
  since: number;
}

/** `now`: milliseconds of any clock. */
export function createStarts(now: () => number): Starts {
  const questions: Waiting[] = [];
  const answers: Waiting[] = [];
  let going = false;

  function next(): Waiting | undefined {
    const [first] = answers;
    const late = first !== undefined && now() - first.since >= PATIENCE_MS;
    return (late ? undefined : questions.shift()) ?? answers.shift();
  }

  function go(): void {
    const one = next();
    going = one !== undefined;
    one?.begin();
    if (going) setImmediate(go);
  }

  function join(queue: Waiting[]): Promise<void> {
    return new Promise((begin) => {
      queue.push({ begin, since: now() });
      if (!going) go();
    });
  }

  return {
    question: () => join(questions),
    answer: () => join(answers),
  };
}
