/** For tests: the demo's model over a mailbox of the Google stand-in, with the real tools over HTTP. */
import { GMAIL_READ } from "@vaultdesk/shared/scope.ts";
import type { CurrentTerms } from "@vaultdesk/shared/term.ts";
import { type Played, rehearse } from "@vaultdesk/standins/bedrock/demo/rehearsal.ts";
import { type Google, startGoogle } from "@vaultdesk/standins/google/start.ts";
import { z } from "zod";

import { falconMailbox } from "../../demo/mailbox/build.ts";
import { createMailroom } from "./actions/mailroom.ts";
import { getLatestEmails } from "./agent/tools/get-latest-emails.ts";
import { readEmailThread } from "./agent/tools/read-email-thread.ts";
import { roomOf } from "./agent/tools/room-for-tests.ts";
import { searchGmail } from "./agent/tools/search-gmail.ts";
import { showTerms } from "./agent/tools/show-terms.ts";
import type { ReadTool } from "./agent/tools/tool.ts";
import { mailboxesAt } from "./google/mailboxes-for-tests.ts";
import { createLog } from "./observe/log.ts";
import { createBroker } from "./vault/broker.ts";

const never = new AbortController().signal;

export interface ReadingDesk {
  threads: readonly { threadId: string; subject: string }[];
  /** `spoilt` changes the rows of the first call of `show_terms`. */
  ask(text: string, openThread: string, spoilt?: (rows: object[]) => object[]): Promise<Played>;
  /** The last table. */
  shown(): CurrentTerms | undefined;
  close(): Promise<void>;
}

export async function readingDesk(
  owner: { email: string; name: string },
  mail: Parameters<Google["importMail"]>[1],
): Promise<ReadingDesk> {
  const google = await startGoogle({ users: [owner] });
  await google.importMail(owner.email, mail);
  const broker = createBroker({
    exchange: () => Promise.resolve({ ok: true, token: google.issue(owner.email, [GMAIL_READ]) }),
    log: createLog(() => undefined),
    now: () => Date.now(),
  });
  const grant = { kind: "panel", sub: "google-oauth2|1001", subjectToken: "bearer" } as const;
  const room = roomOf({
    mail: createMailroom({ broker, openMailbox: mailboxesAt(google.url), grant }),
  });
  let terms: CurrentTerms | undefined;
  const run = (tool: ReadTool) => async (input: object) => {
    const outcome = await tool.run(input, room, never);
    terms = outcome.terms ?? terms;
    return outcome.json;
  };
  const threads = google.mailbox(owner.email).threads();
  const ask = (text: string, openThread: string, spoilt?: (rows: object[]) => object[]) => {
    let calls = 0;
    return rehearse(text, {
      openThread,
      tools: {
        read_email_thread: run(readEmailThread),
        search_gmail: run(searchGmail),
        get_latest_emails: run(getLatestEmails),
        show_terms: ({ rows, ...rest }) => {
          calls += 1;
          const given = z.array(z.looseObject({})).parse(rows);
          const wanted = calls === 1 && spoilt !== undefined ? spoilt(given) : given;
          return run(showTerms)({ ...rest, rows: wanted });
        },
      },
    });
  };
  return { threads, ask, shown: () => terms, close: () => google.close() };
}

/** Over the demo's mailbox. */
export async function falconDesk(): Promise<ReadingDesk> {
  const { owner, forOwner } = await falconMailbox();
  return readingDesk(owner, forOwner);
}
