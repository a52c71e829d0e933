/** The question box, what fits the open thread, and Stop. Enter sends, Shift+Enter starts a line. */
import type { KeyboardEvent, ReactElement, RefObject } from "react";

import { Icon } from "../../ui/icon.tsx";
import { suggestionsFor } from "./words.ts";

export interface ComposerProps {
  inThread: boolean;
  /** The open thread has several messages. */
  several: boolean;
  running: boolean;
  disabled: boolean;
  suggest: boolean;
  /** The person's role in the thread's room leaves drafts. */
  drafts: boolean;
  /** Keeps the suggestions to one line. */
  quiet: boolean;
  text: string;
  box: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
  onAsk: (question: string) => void;
  onStop: () => void;
}

export function Composer(props: ComposerProps): ReactElement {
  const { inThread, several, running, disabled, suggest, quiet, text, box, onText, onAsk, onStop } =
    props;
  const blocked = disabled || running;
  const suggestions = suggestionsFor({ thread: inThread, several, drafts: props.drafts });
  const placeholder = inThread ? "Ask about this thread" : "Ask about your mail";

  const ask = () => {
    if (!blocked && text.trim() !== "") onAsk(text.trim());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };

  return (
    <footer className="composer">
      {suggest ? (
        <ul className="suggestions" aria-label="Suggestions" data-quiet={quiet}>
          {suggestions.map((suggestion) => (
            <li key={suggestion.text}>
              <button
                type="button"
                className="chip"
                data-testid="suggestion"
                aria-label={suggestion.label}
                disabled={blocked}
                onClick={() => onAsk(suggestion.text)}
              >
                {quiet ? suggestion.short : suggestion.label}
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
      <form
        className="question"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <textarea
          ref={box}
          rows={1}
          maxLength={20_000}
          value={text}
          disabled={disabled}
          placeholder={placeholder}
          aria-label={placeholder}
          data-testid="ask"
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {running ? (
          <button
            type="button"
            className="round stop"
            aria-label="Stop"
            title="Stop"
            data-testid="stop"
            onClick={onStop}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button
            type="submit"
            className="round"
            aria-label="Send question"
            title="Send question"
            data-testid="send-question"
            disabled={blocked || text.trim() === ""}
          >
            <Icon name="send" />
          </button>
        )}
      </form>
    </footer>
  );
}
