import { describe, expect, test } from "vitest";

import { spokenTimeLeft, spokenTimeUntilAsked, timeLeft } from "./time-left.ts";

const asked = "2026-11-23T14:00:00.000Z";
const ends = "2026-11-23T14:05:00.000Z";
const at = (seconds: number) => Date.parse(asked) + seconds * 1000;

describe("time left", () => {
  test.each([
    [0, "5:00", 1],
    [0.2, "5:00", 299.8 / 300],
    [55, "4:05", 245 / 300],
    [299.5, "0:01", 0.5 / 300],
    [300, "0:00", 0],
    [999, "0:00", 0],
    // The server's clock runs ahead of this one.
    [-20, "5:00", 1],
  ])("after %d s it says %s", (seconds, text, share) => {
    const left = timeLeft(asked, ends, at(seconds));
    expect(left.text).toBe(text);
    expect(left.share).toBeCloseTo(share);
  });
  test("a screen reader hears minutes", () => {
    expect(spokenTimeLeft(300)).toBe("about 5 minutes left");
    expect(spokenTimeLeft(61)).toBe("about 2 minutes left");
    expect(spokenTimeLeft(60)).toBe("about one minute left");
    expect(spokenTimeLeft(59)).toBe("less than a minute left");
    expect(spokenTimeLeft(0)).toBe("no time left");
  });
  test("for a phone that is not asked yet it hears when it will be", () => {
    expect(spokenTimeUntilAsked(42)).toBe("your phone is asked in less than a minute");
    expect(spokenTimeUntilAsked(60)).toBe("your phone is asked in about one minute");
    expect(spokenTimeUntilAsked(61)).toBe("your phone is asked in about 2 minutes");
  });
});
