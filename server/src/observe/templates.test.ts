import { array, assert, property, stringMatching } from "fast-check";
import { expect, test } from "vitest";

import { googleCall, methodOf, routeTemplate } from "./templates.ts";

test.each([
  ["get", "gmail/v1/users/me/profile", "GET gmail.profile"],
  ["GET", "gmail/v1/users/me/messages?q=from%3Aana%40helio.example", "GET gmail.messages"],
  ["GET", "gmail/v1/users/me/messages/18f2a?format=full", "GET gmail.message"],
  ["GET", "gmail/v1/users/me/messages/18f2a/attachments/ANGj", "GET gmail.attachment"],
  ["POST", "gmail/v1/users/me/drafts/send", "POST gmail.drafts.send"],
  ["POST", "upload/gmail/v1/users/me/drafts/send", "POST gmail.drafts.send"],
  ["POST", "gmail/v1/users/me/messages/batchModify", "POST gmail.messages.batchModify"],
  ["DELETE", "calendar/v3/calendars/primary/events/abc123", "DELETE calendar.event"],
  ["POST", "calendar/v3/freeBusy", "POST calendar.freeBusy"],
  ["GET", "anything/else", "GET other"],
])("%s %s is %s", (method, path, call) => {
  expect(googleCall(method, new URL(path, "https://gmail.googleapis.com/"))).toBe(call);
});

test("nothing of an address or a method passes into its template", () => {
  const piece = stringMatching(/^[a-z0-9]{12,20}$/);
  assert(
    property(array(piece, { minLength: 1, maxLength: 5 }), piece, (path, method) => {
      const url = new URL(`https://gmail.googleapis.com/gmail/v1/users/${path.join("/")}`);
      expect(googleCall(method, url)).toBe("other other");
      expect(routeTemplate(`/${path.join("/")}`)).toBe("other");
      expect(methodOf(method)).toBe("other");
    }),
  );
});
