/** Driven by Google's own client over HTTP. */
import { type gmail_v1, gmail } from "@googleapis/gmail";
import { OAuth2Client } from "google-auth-library";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { type Google, startGoogle } from "./start.ts";

const MAYA = "maya@northgate.example";
const ANA = "ana@helio.example";
const READ = "https://www.googleapis.com/auth/gmail.readonly";
const COMPOSE = "https://www.googleapis.com/auth/gmail.compose";
const MODIFY = "https://www.googleapis.com/auth/gmail.modify";

let google: Google;

beforeEach(async () => {
  google = await startGoogle({
    users: [
      { email: MAYA, name: "Maya Field" },
      { email: ANA, name: "Ana Ruiz" },
    ],
  });
});

afterEach(() => google.close());

function client(
  scopes: string[] = [READ, COMPOSE, MODIFY],
  email = MAYA,
  seconds?: number,
): gmail_v1.Gmail {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: google.issue(email, scopes, seconds).accessToken });
  return gmail({ version: "v1", auth, rootUrl: google.url, retry: false });
}

const b64 = (text: string) => Buffer.from(text.replaceAll("\n", "\r\n")).toString("base64url");

const NDA = `From: Ana Ruiz <${ANA}>
To: ${MAYA}
Subject: =?UTF-8?B?R3LDtsOfZQ==?= of the deal
Message-ID: <m1@helio.example>
Date: Mon, 2 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: multipart/alternative; boundary=Y

--Y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=F6=DFe: escrow at =
ten percent
--Y
Content-Type: text/html

<p>HTML</p>
--Y--
--X
Content-Type: application/pdf; name=nda.pdf
Content-Disposition: attachment; filename=nda.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--X--
`;

const plain = (subject: string, text: string, more = "") =>
  Buffer.from(`From: ${ANA}\r\nTo: ${MAYA}\r\nSubject: ${subject}\r\n${more}\r\n${text}\r\n`);

const Refused = z.object({
  response: z.object({
    status: z.number(),
    data: z.object({ error: z.object({ errors: z.array(z.object({ reason: z.string() })) }) }),
  }),
});

async function failure(work: Promise<unknown>): Promise<{ status: unknown; reason: unknown }> {
  try {
    await work;
  } catch (error) {
    const { response } = Refused.parse(error);
    return { status: response.status, reason: response.data.error.errors[0]?.reason };
  }
  throw new Error("it did not fail");
}

describe("reading", () => {
  test("a message is Gmail's tree of parts, with decoded headers and text and attachments by id", async () => {
    await google.importMail(MAYA, [{ raw: Buffer.from(NDA.replaceAll("\n", "\r\n")) }]);
    const api = client();
    const { data: list } = await api.users.messages.list({ userId: "me" });
    const id = list.messages?.[0]?.id ?? "";
    const { data } = await api.users.messages.get({ userId: "me", id });
    expect(data.payload?.mimeType).toBe("multipart/mixed");
    const text = data.payload?.parts?.[0]?.parts?.[0];
    expect(Buffer.from(text?.body?.data ?? "", "base64url").toString()).toContain(
      "Größe: escrow at ten percent",
    );
    expect(data.payload?.headers?.find((h) => h.name === "Subject")?.value).toBe(
      "Größe of the deal",
    );
    const file = data.payload?.parts?.[1];
    expect(file?.filename).toBe("nda.pdf");
    const attachment = await api.users.messages.attachments.get({
      userId: "me",
      messageId: id,
      id: file?.body?.attachmentId ?? "",
    });
    expect(Buffer.from(attachment.data.data ?? "", "base64url").toString()).toBe("%PDF-1.4");
  });

  test("a message with a broken part is still served", async () => {
    const cut = NDA.slice(0, NDA.indexOf("JVBER")).replaceAll("\n", "\r\n");
    await google.importMail(MAYA, [{ raw: Buffer.from(cut) }]);
    const api = client();
    const { data: list } = await api.users.messages.list({ userId: "me" });
    const { data } = await api.users.messages.get({
      userId: "me",
      id: list.messages?.[0]?.id ?? "",
    });
    expect(data.payload?.parts).toHaveLength(2);
  });

  test("an empty result has no list at all, an unknown thread is 404", async () => {
    const api = client();
    expect((await api.users.messages.list({ userId: "me", q: "nothing" })).data).toEqual({
      resultSizeEstimate: 0,
    });
    expect(await failure(api.users.threads.get({ userId: "me", id: "1234567890abcdef" }))).toEqual({
      status: 404,
      reason: "notFound",
    });
  });

  test("mail without references joins by subject and people; another subject or stranger does not", async () => {
    await google.importMail(MAYA, [
      { raw: plain("Escrow", "one", "Date: Mon, 2 Nov 2026 09:00:00 +0000\r\n") },
      { raw: plain("RE: Escrow", "two", "Date: Tue, 3 Nov 2026 09:00:00 +0000\r\n") },
      { raw: plain("Escrow cap", "three", "Date: Wed, 4 Nov 2026 09:00:00 +0000\r\n") },
    ]);
    expect(
      google
        .mailbox(MAYA)
        .threads()
        .map((row) => row.count),
    ).toEqual([1, 2]);
  });
});

const draft = (text: string) => ({
  requestBody: { message: { raw: b64(`To: ${ANA}\nSubject: Hi\n\n${text}`) } },
});

describe("drafts", () => {
  test("the draft id stays and its message id changes with every edit", async () => {
    const api = client();
    const made = (await api.users.drafts.create({ userId: "me", ...draft("one") })).data;
    const edited = (
      await api.users.drafts.update({ userId: "me", id: made.id ?? "", ...draft("two") })
    ).data;
    expect(edited.id).toBe(made.id);
    expect(edited.message?.id).not.toBe(made.message?.id);
  });

  test("a draft sent with an updated message sends that message, once, and is gone", async () => {
    const api = client();
    const made = (await api.users.drafts.create({ userId: "me", ...draft("one") })).data;
    const body = {
      id: made.id ?? "",
      message: { raw: b64(`To: ${ANA}\nBcc: quiet@else.example\nSubject: Hi\n\napproved`) },
    };
    const sent = await Promise.allSettled(
      [1, 2, 3].map(() => api.users.drafts.send({ userId: "me", requestBody: body })),
    );
    expect(sent.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(google.outbox).toMatchObject([
      { kind: "mail", from: MAYA, recipients: [ANA, "quiet@else.example"] },
    ]);
    const [row] = google.mailbox(ANA).threads();
    const [arrived] = google.mailbox(ANA).thread(row?.threadId ?? "");
    expect(arrived?.text).toContain("approved");
    expect(
      (
        await client([READ], ANA).users.messages.get({
          userId: "me",
          id: arrived?.id ?? "",
          format: "raw",
        })
      ).data.raw,
    ).not.toContain(Buffer.from("Bcc").toString("base64url"));
    expect((await api.users.drafts.list({ userId: "me" })).data.drafts).toBeUndefined();
  });

  test("no recipient is 400 and the draft stays; an unknown thread is 404", async () => {
    const api = client();
    const made = (
      await api.users.drafts.create({
        userId: "me",
        requestBody: { message: { raw: b64("Subject: Hi\n\nx") } },
      })
    ).data;
    expect(
      await failure(api.users.drafts.send({ userId: "me", requestBody: { id: made.id ?? "" } })),
    ).toMatchObject({ status: 400 });
    expect((await api.users.drafts.list({ userId: "me" })).data.drafts).toHaveLength(1);
    const raw = b64(`To: ${ANA}\n\nx`);
    expect(
      await failure(
        api.users.drafts.create({
          userId: "me",
          requestBody: { message: { raw, threadId: "1234567890abcdef" } },
        }),
      ),
    ).toMatchObject({ status: 404 });
  });

  test("a From that is not the user's is rewritten", async () => {
    await client().users.messages.send({
      userId: "me",
      requestBody: { raw: b64(`From: boss@bank.example\nTo: ${ANA}\nSubject: Pay\n\nx`) },
    });
    expect(google.mailbox(ANA).threads()[0]?.participants).toEqual(["Maya Field"]);
  });
});

describe("refusals", () => {
  test("a token that is unknown, ended or revoked is 401", async () => {
    expect(
      await failure(client([READ], MAYA, -1).users.getProfile({ userId: "me" })),
    ).toMatchObject({ status: 401 });
    const api = client();
    google.revoke(MAYA);
    expect(await failure(api.users.getProfile({ userId: "me" }))).toEqual({
      status: 401,
      reason: "authError",
    });
  });

  test("a read-only token can't write a draft, by Google's own list of scopes", async () => {
    const work = client([READ]).users.drafts.create({
      userId: "me",
      requestBody: { message: { raw: b64("x: y\n\n") } },
    });
    expect(await failure(work)).toEqual({ status: 403, reason: "insufficientPermissions" });
  });

  test("another mailbox is not delegated", async () => {
    expect(await failure(client().users.getProfile({ userId: ANA }))).toMatchObject({
      status: 403,
    });
  });

  test.each([
    [429, "rateLimitExceeded"],
    [403, "userRateLimitExceeded"],
    [503, "backendError"],
  ])("a fault of %d is said once as %s", async (status, reason) => {
    google.faults.next("gmail.users.getProfile", status);
    expect(await failure(client().users.getProfile({ userId: "me" }))).toEqual({ status, reason });
    expect((await client().users.getProfile({ userId: "me" })).data.emailAddress).toBe(MAYA);
  });

  test("a known method that is not built says its Google name", async () => {
    await expect(client([COMPOSE]).users.settings.getVacation({ userId: "me" })).rejects.toThrow(
      "scopes",
    );
    const all = client(["https://mail.google.com/"]);
    await expect(all.users.settings.getVacation({ userId: "me" })).rejects.toThrow(
      "gmail.users.settings.getVacation",
    );
  });
});
