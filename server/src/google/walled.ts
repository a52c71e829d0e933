/**
 * A mailbox as somebody at a wall between deals may read it. Every request of a Gmail client passes here, so no caller can forget it: of a
 * hidden thread nothing comes back, a list is filled up with what follows, and what is asked for by its id is not there. Whatever read is
 * not known here is refused. For somebody at no wall requests go through as they are.
 */
import type { gmail_v1 } from "@googleapis/gmail";
import { gaxios } from "google-auth-library";
import pMap from "p-map";
import { z } from "zod";

import { googleCall } from "../observe/templates.ts";
import { AT_ONCE, gmailClient, type OpenMailbox } from "./call.ts";
import { filled } from "./filled.ts";
import { HearingTransport } from "./hearing.ts";
import { rfcIdsOf } from "./rfc-ids.ts";
import { transporter } from "./seen-transport.ts";

/** What is hidden from one person. */
export interface Barrier {
  /** Whether anything can be; without it nothing is looked at. */
  stands(): Promise<boolean>;
  /** Thread ids of those that are. `threads`: a thread's id -> the RFC Message-IDs that its messages have and name. */
  hidden(threads: ReadonlyMap<string, readonly string[]>): Promise<ReadonlySet<string>>;
}

/** As many of a list are looked at, and so at most are counted: each thread of it is a request. */
const MOST_LISTED = 100;

/** As Google refuses an id that it does not have. */
export class NotThere extends Error {
  override readonly name = "NotThere";
  readonly code = "not_there";
  readonly status = 404;
}

const Place = z.object({ threadId: z.string() });
const Listed = z.object({
  messages: z.array(z.object({ id: z.string(), threadId: z.string() })).default([]),
  nextPageToken: z.string().optional(),
});
const Named = z.object({
  messages: z.array(z.custom<gmail_v1.Schema$Message>(isObject)).default([]),
});

type Options = gaxios.GaxiosOptions;

export class WalledTransport extends gaxios.Gaxios {
  readonly #inner: gaxios.Gaxios;
  readonly #barrier: Barrier;
  /** Of this client, which lives for one loan. */
  readonly #threads = new Map<string, string>();
  readonly #verdicts = new Map<string, Promise<boolean>>();

  constructor(inner: gaxios.Gaxios, barrier: Barrier) {
    super();
    this.#inner = inner;
    this.#barrier = barrier;
  }

  override async request<T>(options: Options = {}): gaxios.GaxiosPromise<T> {
    const url = new URL(String(options.url));
    const { method = "GET" } = options;
    // What writes tells nothing but the ids of what it wrote.
    if (method !== "GET" || !(await this.#barrier.stands())) return this.#inner.request<T>(options);
    const call: string = googleCall(method, url);
    const [last = "", , message = ""] = url.pathname.split("/").toReversed();
    switch (call) {
      case "GET gmail.profile":
      case "GET gmail.labels":
      case "GET gmail.settings":
        return this.#inner.request<T>(options);
      case "GET gmail.messages":
        return this.#list<T>(options);
      case "GET gmail.thread": {
        const [response] = await Promise.all([
          this.#inner.request<T>(options),
          this.#mayRead(options, last),
        ]);
        return response;
      }
      case "GET gmail.message":
      case "GET gmail.draft": {
        const response = await this.#inner.request<T>(options);
        const threadId = threadOf(response.data);
        await this.#mayRead(options, threadId);
        if (threadId !== undefined) this.#threads.set(last, threadId);
        return response;
      }
      case "GET gmail.attachment":
        await this.#mayRead(
          options,
          this.#threads.get(message) ?? (await this.#find(options, url)),
        );
        return this.#inner.request<T>(options);
      default:
        throw new Error(`walled: nothing says what may be read by ${call}`);
    }
  }

  /** The thread of the message that has this attachment. */
  async #find(options: Options, attachment: URL): Promise<string | undefined> {
    const url = new URL(attachment);
    url.pathname = url.pathname.replace(/\/attachments\/[^/]+$/, "");
    return threadOf((await this.#ask(options, url, { format: "minimal" })).data);
  }

  #ask(options: Options, url: URL, params: object): gaxios.GaxiosPromise<unknown> {
    return this.#inner.request<unknown>({ ...options, url, params });
  }

  /** Throws what Google throws for an id that it does not have. */
  async #mayRead(options: Options, threadId: string | undefined): Promise<void> {
    if (threadId === undefined) throw new NotThere();
    const hidden = await this.#hidden(options, [threadId]);
    if (hidden.has(threadId)) throw new NotThere();
  }

  async #hidden(options: Options, threadIds: readonly string[]): Promise<Set<string>> {
    const unknown = [...new Set(threadIds)].filter((id) => !this.#verdicts.has(id));
    const asked = this.#judge(options, unknown);
    for (const id of unknown) {
      this.#verdicts.set(
        id,
        asked.then((hidden) => hidden.has(id)),
      );
    }
    const hidden = await Promise.all(
      threadIds.map(async (id) => ((await this.#verdicts.get(id)) === false ? [] : [id])),
    );
    return new Set(hidden.flat());
  }

  async #judge(options: Options, threadIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (threadIds.length === 0) return new Set();
    const named = await pMap(
      threadIds,
      async (id) => {
        const url = new URL(String(options.url));
        url.pathname = url.pathname.replace(/(\/users\/[^/]+)\/.*$/, `$1/threads/${id}`);
        const { data } = await this.#ask(options, url, {
          format: "metadata",
          metadataHeaders: ["Message-ID", "References", "In-Reply-To"],
        });
        const ids = Named.parse(data).messages.map(rfcIdsOf);
        return [id, ids.flatMap(({ own, before }) => [...own, ...before])] as const;
      },
      { concurrency: AT_ONCE },
    );
    return this.#barrier.hidden(new Map(named));
  }

  async #list<T>(options: Options): gaxios.GaxiosPromise<T> {
    const params = z
      .looseObject({ maxResults: z.number().default(MOST_LISTED), pageToken: z.never().optional() })
      .parse(options.params ?? {});
    const most = Math.min(params.maxResults, MOST_LISTED);
    const { response, kept, more } = await filled(most, async (after) => {
      const page = await this.#inner.request<T>({
        ...options,
        params: {
          ...params,
          maxResults: most + 1,
          fields: "messages(id,threadId),nextPageToken",
          ...after,
        },
      });
      const { messages, nextPageToken } = Listed.parse(page.data);
      const hidden = await this.#hidden(
        options,
        messages.map(({ threadId }) => threadId),
      );
      const shown = messages.filter(({ threadId }) => !hidden.has(threadId));
      return { response: page, shown, next: nextPageToken };
    });
    replace(response.data, { messages: kept, ...more });
    return response;
  }
}

/** The only way in for what reads mail. `heard` is told of each message that is let through, by its Message-ID. */
export function walledMailboxes(
  rootUrl: string,
  barrierOf: (sub: string) => Barrier,
  heard?: (messageId: string) => void,
): OpenMailbox {
  return (sub, token) => {
    const walled = new WalledTransport(transporter, barrierOf(sub));
    const through = heard === undefined ? walled : new HearingTransport(walled, heard);
    return gmailClient(rootUrl, token, through);
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function replace(answer: unknown, by: object): void {
  if (!isObject(answer)) throw new Error("walled: an answer that is no object");
  for (const name of Object.keys(answer)) Reflect.deleteProperty(answer, name);
  Object.assign(answer, by);
}

/** Of a message, or of a draft's. */
function threadOf(data: unknown): string | undefined {
  const found = z.union([Place, z.object({ message: Place }).transform(({ message }) => message)]);
  return found.safeParse(data).data?.threadId;
}
