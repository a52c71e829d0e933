/** The question box, what fits the open thread, and Stop. Enter sends, Shift+Enter starts a line. */
import { type KeyboardEvent, type ReactElement, useRef, useState } from "react";

import { detach } from "../../detach.ts";
import { Icon } from "../../ui/icon.tsx";

const IN_THREAD = [
  "Summarise this thread",
  "What is still open here?",
  "Draft a reply to this thread",
] as const;
const LABELS: Readonly<Record<string, string>> = { "Draft a reply to this thread": "Draft reply" };
const IN_MAILBOX = ["What came in lately?", "Which mails are unread?"] as const;

export interface ComposerProps {
  inThread: boolean;
  running: boolean;
  disabled: boolean;
  suggest: boolean;
  /** False when it was not taken: then the text stays. */
  onAsk: (text: string) => Promise<boolean>;
  onStop: () => void;
}

export function Composer(props: ComposerProps): ReactElement {
  const { inThread, running, disabled, suggest, onAsk, onStop } = props;
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const blocked = disabled || sending || running;

  const ask = async (question: string, typed: boolean) => {
    if (blocked || question.trim() === "") return;
    setSending(true);
    const taken = await onAsk(question.trim());
    setSending(false);
    if (taken && typed) setText("");
    box.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    detach(ask(text, true));
  };

  return (
    <footer className="composer">
      {suggest ? (
        <ul className="suggestions" aria-label="Suggestions">
          {(inThread ? IN_THREAD : IN_MAILBOX).map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                className="chip"
                data-testid="suggestion"
                disabled={blocked}
                onClick={() => detach(ask(suggestion, false))}
              >
                {LABELS[suggestion] ?? suggestion}
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
      <form
        className="question"
        onSubmit={(event) => {
          event.preventDefault();
          detach(ask(text, true));
        }}
      >
        <textarea
          ref={box}
          rows={1}
          maxLength={20_000}
          value={text}
          disabled={disabled}
          placeholder={inThread ? "Ask about this thread" : "Ask about your mail"}
          aria-label={inThread ? "Ask about this thread" : "Ask about your mail"}
          data-testid="ask"
          onChange={(event) => setText(event.target.value)}
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
