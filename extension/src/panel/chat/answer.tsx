/**
 * An answer as Markdown. The model may have read hostile mail: no image, no HTML, nothing loads, and an address is a link, which says its
 * host and waits for a click, only if it stood in what was read. One that the model composed could carry out what it read.
 */
import { createContext, memo, type ReactElement, type ReactNode, useContext, useMemo } from "react";
import Markdown, { type Components } from "react-markdown";

import { Icon } from "../../ui/icon.tsx";
import { blocksOf } from "./blocks.ts";
import { CITE, withCitations } from "./citation.ts";
import { PLUGINS } from "./tables.ts";
import { WORDS } from "./words.ts";

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
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
];

/** An address in the one form that a browser gives it; `undefined` for what is not of the web. */
function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && ["https:", "http:"].includes(parsed.protocol) ? parsed.href : undefined;
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
const Known = createContext<ReadonlySet<string>>(new Set());

function LeftOut({ host, children }: { host: string; children: ReactNode }): ReactElement {
  const says = typeof children === "string" && URL.canParse(children) ? undefined : children;
  return (
    <span className="quiet" data-testid="link-left-out">
      {says} ({host === "" ? WORDS.noLink : WORDS.unknownLink(host)})
    </span>
  );
}

function Link({ href = "", children }: { href?: string; children?: ReactNode }): ReactElement {
  const show = useContext(Cite);
  const known = useContext(Known);
  if (!href.startsWith(CITE)) {
    const address = webAddress(href);
    if (address !== undefined && known.has(address)) return <Away href={address}>{children}</Away>;
    const host = address === undefined ? "" : new URL(address).host;
    return <LeftOut host={host}>{children}</LeftOut>;
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

/** Judged where the link is made. */
const asItIs = (url: string): string => url;

const components: Components = {
  table: ({ children }) => (
    // It scrolls when it is wide: the keyboard must reach it (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="wide" tabIndex={0} aria-label={WORDS.table}>
      <table>{children}</table>
    </section>
  ),
  a: ({ href, children }) => <Link {...(href === undefined ? {} : { href })}>{children}</Link>,
};

export interface AnswerProps {
  text: string;
  /** Addresses that may be links. */
  links: readonly string[];
  arriving: boolean;
  onCite: (messageId: string) => void;
}

/** Kept while its text is: what has arrived whole is read once. */
const Block = memo(function Block({ text }: { text: string }): ReactElement {
  return (
    <Markdown
      allowedElements={PLAIN}
      unwrapDisallowed
      skipHtml
      remarkPlugins={PLUGINS}
      urlTransform={asItIs}
      components={components}
    >
      {text}
    </Markdown>
  );
});

export const Answer = memo(function Answer(props: AnswerProps): ReactElement {
  const { text, links, arriving, onCite } = props;
  const known = useMemo(() => new Set(links.flatMap((url) => webAddress(url) ?? [])), [links]);
  return (
    <div className="answer" data-testid="answer" data-arriving={arriving}>
      <Cite value={onCite}>
        <Known value={known}>
          {blocksOf(withCitations(text, arriving)).map((block, index) => (
            // A block keeps its place: text only grows at its end.
            <Block key={index} text={block} />
          ))}
        </Known>
      </Cite>
    </div>
  );
});
