/** What goes wrong on the way, and what the panel says: each in three parts, with the button that helps, and nothing lost. */
import { expect, type Frame } from "@playwright/test";

import { MAYA, MAYA_MAIL, test } from "./src/fixture.ts";
import { editDraftInGmail } from "./src/gmail-user.ts";
import {
  ask,
  connectGoogle,
  openGmail,
  openPanel,
  signIn,
  threadNamed,
  press,
} from "./src/journey.ts";
import { askPhoneForReply, ready } from "./src/steps.ts";

const question = (panel: Frame) => panel.getByTestId("user").last();
const problemOf = (panel: Frame, code: string) =>
  panel.locator(`[data-testid=problem][data-code=${code}]`).last();

async function send(panel: Frame, text: string): Promise<void> {
  await panel.getByTestId("ask").fill(text);
  await panel.getByTestId("send-question").click();
}

test("Google is not connected any more: the run says so, and Connect goes on", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  world.auth0.vault.disconnect(MAYA);
  await send(panel, "What is still open here?");
  // A lent token lives on for its hour, as Google's do: the vault is asked afresh when the panel is opened.
  await panel.page().reload();
  const again = await openPanel(desk.context, panel.page());
  await expect(again.getByTestId("gate")).toHaveAttribute("data-state", "not-connected");
  await connectGoogle(desk.context, again);
  await expect(question(again)).toContainText("What is still open here?");
});

test("Google no longer accepts the connection: Reconnect, and the same question is answered", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  world.auth0.vault.revokeAtGoogle(MAYA);
  await send(panel, "Summarise this thread");
  await expect(problemOf(panel, "google_reconnect")).toContainText("Nothing was read or sent");
  await expect(question(panel)).toContainText("Summarise this thread");
  await connectGoogle(desk.context, panel, { button: "remedy-connect" });
  expect(await ask(panel, "Summarise this thread")).toContain("Ana Ruiz");
});

test("a scope was not ticked: reading works, drafting names it, and granting it is enough", async ({
  world,
  desk,
}) => {
  const threadId = threadNamed(world, MAYA_MAIL, "NDA markup");
  const page = await openGmail(desk.context, threadId);
  const panel = await openPanel(desk.context, page);
  await signIn(desk.context, panel, MAYA);
  await connectGoogle(desk.context, panel, { untick: /draft|compose|send/i });
  await expect(panel.getByTestId("missing-scopes")).toBeVisible();
  expect(await ask(panel, "Summarise this thread")).toContain("Ana Ruiz");
  await ask(panel, "Draft a reply to this message.");
  await expect(problemOf(panel, "google_scope_missing")).toContainText("Nothing was read or sent");
  expect(world.google.mailbox(MAYA_MAIL).drafts()).toEqual([]);
  await connectGoogle(desk.context, panel, { button: "grant-missing" });
  await expect(panel.getByTestId("missing-scopes")).toBeHidden();
  await ask(panel, "Draft a reply to this message.");
  await expect(panel.getByTestId("draft-card")).toBeVisible();
});

test("the vault throttles: the panel says to wait, and Try again works", async ({
  world,
  desk,
}) => {
  const { page } = await ready(world, desk);
  world.auth0.vault.throttle(1);
  await page.reload();
  const panel = await openPanel(desk.context, page);
  await expect(problemOf(panel, "google_throttled")).toBeVisible();
  await panel.getByTestId("remedy-again").click();
  await expect(panel.getByTestId("ask")).toBeVisible();
});

test.describe("a refresh token that was used twice", () => {
  test.use({ settings: { tokenSeconds: 50 } });

  test("ends the session: sign in again, and the conversation is still there", async ({
    world,
    desk,
  }) => {
    const { page, panel } = await ready(world, desk);
    await ask(panel, "Summarise this thread");
    const thief = await desk.context.newPage();
    await thief.goto(
      `${new URL(panel.url()).protocol}//${await panel.evaluate(() => location.host)}/panel.html`,
    );
    const stolen = await thief.evaluate(
      () => /"refresh_token":"([^"]+)"/.exec(Object.values(localStorage).join("\n"))?.[1],
    );
    await thief.close();
    const use = async (token: string | undefined) => {
      const response = await fetch(`${world.auth0.issuer}oauth/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "refresh_token",
          client_id: world.auth0.env["AUTH0_EXTENSION_CLIENT_ID"] ?? "",
          refresh_token: token ?? "",
        }),
      });
      return /"refresh_token":"([^"]+)"/.exec(await response.text())?.[1];
    };
    await use(await use(stolen));
    expect(await use(stolen)).toBeUndefined();

    await page.reload();
    const again = await openPanel(desk.context, page);
    await expect(again.getByTestId("gate")).toHaveAttribute("data-state", "signed-out");
    // Auth0's own session is still there, so its window closes by itself.
    await again.getByTestId("signin").click();
    await expect(question(again)).toContainText("Summarise this thread");
  });
});

test("Bedrock is down, then cuts the stream: said each time, what arrived stays, Try again answers", async ({
  world,
  desk,
}) => {
  const { panel } = await ready(world, desk);
  world.bedrock.faults.next("down", 3);
  await send(panel, "Summarise this thread");
  await expect(problemOf(panel, "model_down")).toContainText("The model did not answer");

  world.bedrock.faults.next("slow");
  world.bedrock.faults.next("cut");
  await send(panel, "Summarise this thread");
  await expect(problemOf(panel, "model_cut")).toContainText("The answer broke off");
  await panel.getByTestId("remedy-again").last().click();
  await expect(panel.getByTestId("answer").last()).toContainText("Ana Ruiz");
  expect(world.google.outbox).toEqual([]);
});

test("a thread that Gmail does not have is said to be unknown", async ({ world, desk }) => {
  const { page, panel } = await ready(world, desk);
  // Gmail's page may name a thread of another mailbox, or one that was just deleted elsewhere; the page renders itself again and again.
  await page.evaluate(() => {
    setInterval(() => {
      for (const head of document.querySelectorAll("h2[data-thread-perm-id]")) {
        head.setAttribute("data-legacy-thread-id", "18f0000000000001");
        head.removeAttribute("data-thread-perm-id");
      }
    }, 20);
  });
  await page.waitForTimeout(500);
  await send(panel, "Summarise this thread");
  await expect(panel.getByText("Gmail has no such thread").first()).toBeVisible();
});

test.describe("without a phone", () => {
  test.use({ settings: { phone: "pending" } });

  test("nothing is asked or sent, the draft stays, and enrolling is what helps", async ({
    world,
    desk,
  }) => {
    const here = await ready(world, desk, { until: "first-run" });
    await here.panel.getByTestId("skip").click();
    await ask(here.panel, "Draft a reply to this message.");
    await press(here.panel.getByTestId("draft-card").getByTestId("ask-phone"));
    await expect(problemOf(here.panel, "phone_not_enrolled")).toContainText("Enrol it in Settings");
    expect(world.google.outbox).toEqual([]);
    expect(world.google.mailbox(MAYA_MAIL).drafts()).toHaveLength(1);
  });
});

test.describe("a message with a broken part", () => {
  const raw = Buffer.from(
    `From: Ana Ruiz <ana.ruiz@helio-capital.example>\r\nTo: ${MAYA_MAIL}\r\nSubject: Broken parcel\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=Q\r\n\r\n--Q\r\nContent-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\nQ2FuIHlvdSBjb25maXJtIHRoZSBwZWc/\r\n--Q\r\nContent-Type: application/pdf; name=cut.pdf\r\nContent-Disposition: attachment; filename=cut.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBER`,
  );
  test.use({ settings: { mail: [{ raw, labels: ["INBOX"] }] } });

  test("is read as far as it can be", async ({ world, desk }) => {
    const page = await openGmail(desk.context, threadNamed(world, MAYA_MAIL, "Broken parcel"));
    const panel = await openPanel(desk.context, page);
    await signIn(desk.context, panel, MAYA);
    await connectGoogle(desk.context, panel);
    expect(await ask(panel, "What is still open here?")).toContain("confirm the peg");
  });
});

test("a draft that is edited in Gmail after the push is not sent, and the card shows the new text", async ({
  world,
  desk,
}) => {
  const here = await ready(world, desk);
  const { approval, panel } = await askPhoneForReply(world, desk, here);
  await editDraftInGmail(world, MAYA_MAIL, (raw) =>
    raw.replace(/^Subject: .*$/m, "Subject: Price is EUR 1"),
  );
  const phone = await desk.openPhone(MAYA);
  await phone.getByTestId("approve").click();
  await expect(approval).toHaveAttribute("data-state", "drifted", { timeout: 20_000 });
  await expect(panel.getByTestId("draft-card").last()).toContainText("Price is EUR 1");
  expect(world.google.outbox).toEqual([]);
});
