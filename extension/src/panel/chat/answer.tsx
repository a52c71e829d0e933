/**
 * An answer as Markdown. The model may have read hostile mail: no image, no HTML, nothing loads, and a link says its host and waits
 * for a click.
 */
import { createContext, memo, type ReactElement, type ReactNode, useContext } from "react";
import Markdown, { type Components } from "react-markdown";

import { Icon } from "../../ui/icon.tsx";
import { CITE, withCitations } from "./citation.ts";

const PLAIN = [
  "p",
  "strong",
  "em",
  "del",
  "ul",
  "ol",
  "li",
  "blockquote",
  "code",
  "pre",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
  "br",
  "a",
];

function keepUrl(url: string): string {
  if (url.startsWith(CITE)) return url;
  if (!URL.canParse(url)) return "";
  return ["https:", "http:"].includes(new URL(url).protocol) ? url : "";
}

function Away({ href, children }: { href: string; children: ReactNode }): ReactElement {
  const { host } = new URL(href);
  // The text of a link is the model's and may name another place than the link goes to.
  const says = typeof children === "string" && URL.canParse(children) ? undefined : children;
  return (
    <>
      {says}
      {says === undefined ? undefined : " "}
      <a className="away" href={href} target="_blank" rel="noopener noreferrer" title={href}>
        {host}
        <Icon name="away" size={12} />
      </a>
    </>
  );
}

const Cite = createContext<(messageId: string) => void>(() => undefined);

function Link({ href = "", children }: { href?: string; children?: ReactNode }): ReactElement {
  const show = useContext(Cite);
  if (!href.startsWith(CITE)) {
    return href === "" ? <span>{children}</span> : <Away href={href}>{children}</Away>;
  }
  const number = typeof children === "string" ? children : "";
  return (
    <button
      type="button"
      className="cite"
      data-testid="cite"
      aria-label={`Show message ${number} in Gmail`}
      onClick={() => show(href.slice(CITE.length))}
    >
      {children}
    </button>
  );
}

const components: Components = {
  a: ({ href, children }) => <Link {...(href === undefined ? {} : { href })}>{children}</Link>,
};

export interface AnswerProps {
  text: string;
  arriving: boolean;
  onCite: (messageId: string) => void;
}

export const Answer = memo(function Answer({ text, arriving, onCite }: AnswerProps): ReactElement {
  return (
    <div className="answer" data-testid="answer" data-arriving={arriving}>
      <Cite value={onCite}>
        <Markdown
          allowedElements={PLAIN}
          unwrapDisallowed
          skipHtml
          urlTransform={keepUrl}
          components={components}
        >
          {withCitations(text, arriving)}
        </Markdown>
      </Cite>
    </div>
  );
});
