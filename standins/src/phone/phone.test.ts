/** The phone's page and its small API; what the script shows is looked at in a browser by the end-to-end tests. */
import { AuthClient } from "@auth0/auth0-auth-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import type { Auth0 } from "../auth0/start.ts";
import { MAYA, startTenant } from "../auth0/testing.ts";

let auth0: Auth0;
let pass: (ms: number) => void;

beforeAll(async () => {
  ({ auth0, pass } = await startTenant({
    users: [{ sub: MAYA, email: '"><script>@x.example', name: "Maya", phone: "confirmed" }],
  }));
});
afterAll(() => auth0.close());

const HOSTILE = "</dd><script>alert(1)</script>";
const Feed = z.object({
  enrolment: z.string(),
  pushes: z.array(z.object({ id: z.string(), state: z.string(), properties: z.unknown() })),
});

async function push(): Promise<string> {
  const sdk = new AuthClient({
    domain: auth0.domain,
    clientId: auth0.env["AUTH0_APPROVALS_CLIENT_ID"] ?? "",
    clientSecret: auth0.env["AUTH0_APPROVALS_CLIENT_SECRET"] ?? "",
  });
  await sdk.initiateBackchannelAuthentication({
    loginHint: { sub: MAYA },
    bindingMessage: "Send-this-mail:K7Q-204",
    authorizationDetails: [
      {
        type: "urn:auth0:schemas:authorization-details:v1:vaultdesk-write",
        instruction: "Approve sending this mail",
        properties: {
          late: { display: true, name: "Second", display_order: 2, value: HOSTILE },
          soon: { display: true, name: "First", display_order: 1, value: "1" },
          digest: { display: false, value: "never shown" },
        },
      },
    ],
    authorizationParams: { scope: "openid write:approve", audience: "https://api.vaultdesk.app" },
  });
  return auth0.phone.pushes(MAYA).at(-1)?.id ?? "";
}

const page = (sub: string) => fetch(`${auth0.phone.url}?user=${encodeURIComponent(sub)}`);
const press = (id: string, verb: string, origin = new URL(auth0.phone.url).origin) =>
  fetch(`${auth0.phone.url}/pushes/${id}/${verb}`, { method: "POST", headers: { origin } });

async function feed() {
  const response = await fetch(`${auth0.phone.url}/pushes?user=${encodeURIComponent(MAYA)}`);
  return Feed.parse(await response.json());
}

test("the page escapes whose phone it is and runs this origin's script only", async () => {
  const text = await (await page(MAYA)).text();
  expect(text).not.toContain("<script>");
  expect(text).toContain("script-src &#39;self&#39;");
  expect((await page("nobody")).status).toBe(404);
});

test("the script writes text, never markup", async () => {
  const script = await (await fetch(`${auth0.phone.url}/script.js`)).text();
  expect(script).toContain("textContent");
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test("displayed properties come in their order, the others not at all", async () => {
  await push();
  const [shown] = (await feed()).pushes;
  expect(shown?.properties).toEqual([
    { name: "First", value: "1" },
    { name: "Second", value: HOSTILE },
  ]);
});

test("a button answers once; another site's page cannot press it", async () => {
  const id = await push();
  expect((await press(id, "approve", "https://evil.example")).status).toBe(403);
  expect(auth0.phone.pushes().find((one) => one.id === id)?.state).toBe("pending");
  expect((await press(id, "deny")).status).toBe(200);
  expect((await press(id, "approve")).status).toBe(409);
  expect((await feed()).pushes.find((one) => one.id === id)?.state).toBe("denied");
});

test("after its time a push is expired and cannot be approved", async () => {
  const id = await push();
  pass(301_000);
  expect((await press(id, "approve")).status).toBe(409);
  expect((await feed()).pushes.find((one) => one.id === id)?.state).toBe("expired");
});
