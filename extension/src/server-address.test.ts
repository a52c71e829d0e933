import { expect, test } from "vitest";

import { serverAddress } from "./server-address.ts";

const BUILT_IN = "https://vaultdesk.northgate.example";
const HOSTS = [
  "https://vaultdesk.northgate.example/*",
  "https://staging.northgate.example/*",
  "https://northgate.eu.auth0.com/*",
  "http://127.0.0.1/*",
];

test.each([
  ["without a policy, the one that was built in", undefined, BUILT_IN],
  ["an empty policy is none", "", BUILT_IN],
  [
    "another that the build may reach",
    "https://staging.northgate.example/",
    HOSTS[1]?.slice(0, -2),
  ],
  [
    "with a port",
    "https://staging.northgate.example:8443/x",
    "https://staging.northgate.example:8443",
  ],
])("%s", (_name, policy, serverUrl) => {
  expect(serverAddress(BUILT_IN, policy, HOSTS)).toEqual({ ok: true, serverUrl });
});

test.each([
  ["plain http, though the build may reach it", "http://127.0.0.1:8787", "https://"],
  ["no address", "staging", "https://"],
  ["a script", "javascript:alert(1)", "https://"],
  ["a host that the build may not reach", "https://evil.example", "evil.example"],
  [
    "a host that only begins like one",
    "https://staging.northgate.example.evil.example",
    "evil.example",
  ],
])("%s is refused in words", (_name, policy, words) => {
  const address = serverAddress(BUILT_IN, policy, HOSTS);
  expect(address).toMatchObject({ ok: false });
  expect(JSON.stringify(address)).toContain(words);
});
