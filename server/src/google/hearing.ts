/** Tells which mail comes through a Gmail client, by its RFC Message-IDs: what a reader was given is known, whatever asked for it. */
import type { gmail_v1 } from "@googleapis/gmail";
import { gaxios } from "google-auth-library";
import { z } from "zod";

import { rfcIdsOf } from "./rfc-ids.ts";

const message = z.custom<gmail_v1.Schema$Message>(
  (value) => typeof value === "object" && value !== null && "payload" in value,
);
/** A message, a draft's, or a thread's. */
const Answered = z.union([
  message.transform((one) => [one]),
  z.object({ message }).transform((draft) => [draft.message]),
  z.object({ messages: z.array(message) }).transform((thread) => thread.messages),
]);

export class HearingTransport extends gaxios.Gaxios {
  readonly #inner: gaxios.Gaxios;
  readonly #heard: (messageId: string) => void;

  constructor(inner: gaxios.Gaxios, heard: (messageId: string) => void) {
    super();
    this.#inner = inner;
    this.#heard = heard;
  }

  override async request<T>(options: gaxios.GaxiosOptions = {}): gaxios.GaxiosPromise<T> {
    const response = await this.#inner.request<T>(options);
    for (const { own, before } of (Answered.safeParse(response.data).data ?? []).map(rfcIdsOf)) {
      for (const id of [...own, ...before]) this.#heard(id);
    }
    return response;
  }
}
