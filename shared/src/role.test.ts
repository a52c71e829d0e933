import {
  array,
  type Arbitrary,
  assert,
  constantFrom,
  property,
  record,
  uniqueArray,
} from "fast-check";
import { expect, test } from "vitest";

import {
  beyond,
  CEILING,
  closedRole,
  DEFAULT_ROLES,
  narrowest,
  Reach,
  reaches,
  Right,
  type Role,
  RoleName,
  type Roles,
  withTracker,
} from "./role.ts";
import { ToolName } from "./scope.ts";
import { ROOM_TOOLS, TOOL_WORDS } from "./tool-words.ts";

const role: Arbitrary<Role> = record({
  tools: uniqueArray(constantFrom(...ToolName.options)),
  reach: constantFrom(...Reach.options),
  rights: uniqueArray(constantFrom(...Right.options)),
});

test("no room begins with more than it may have", () => {
  expect(beyond(DEFAULT_ROLES)).toEqual([]);
  expect(beyond(CEILING)).toEqual([]);
});

test("what goes past the ceiling is named, one line each", () => {
  const observer: Role = {
    tools: ["send_email_with_approval"],
    reach: "circle",
    rights: ["members"],
  };
  expect(beyond({ ...DEFAULT_ROLES, observer })).toEqual([
    "observer: send a draft",
    "observer: invite and remove people",
    "observer: write to the circle",
  ]);
});

test("an observer has no tool that writes, and only a lead and an associate may let anybody in", () => {
  expect(CEILING.observer.tools.every((tool) => TOOL_WORDS[tool].kind === "reads")).toBe(true);
  const inviting = RoleName.options.filter((name) => CEILING[name].rights.includes("members"));
  expect(inviting).toEqual(["lead", "associate"]);
});

const before = (one: Role): Role => ({
  ...one,
  tools: one.tools.filter((tool) => !ROOM_TOOLS.includes(tool)),
  rights: one.rights.filter((right) => right !== "tracker"),
});

test("roles of before the tracker get it as a new room has it, and its tools only where they read mail", () => {
  const { lead, associate, analyst, counsel, observer } = DEFAULT_ROLES;
  const old: Roles = {
    lead: before(lead),
    associate: before(associate),
    analyst: { ...before(analyst), tools: [] },
    counsel: before(counsel),
    observer: before(observer),
  };
  const now = withTracker(old);
  expect(now.lead.rights).toContain("tracker");
  expect(now.lead.tools).toEqual(expect.arrayContaining([...ROOM_TOOLS]));
  expect(now.analyst).toEqual({ ...old.analyst, rights: ["threads", "tracker"] });
  expect([now.observer.rights, now.observer.tools.includes("note_milestone")]).toEqual([[], false]);
  expect(beyond(now)).toEqual([]);
  expect(withTracker(now)).toEqual(now);
});

test("where several roles hold, nothing is left that one of them lacks", () => {
  assert(
    property(array(role, { minLength: 1, maxLength: 4 }), (roles) => {
      const left = narrowest(roles);
      for (const tool of ToolName.options) {
        expect(left?.tools.includes(tool)).toBe(roles.every((one) => one.tools.includes(tool)));
      }
      for (const reach of Reach.options) {
        const all = roles.every((one) => reaches(one.reach, reach));
        expect(reaches(left?.reach ?? "nobody", reach)).toBe(all);
      }
    }),
  );
  expect(narrowest([])).toBeUndefined();
});

test("in a closed room nothing writes, and who may close it may open it again", () => {
  for (const name of RoleName.options) {
    const closed = closedRole(DEFAULT_ROLES[name]);
    expect(closed.reach).toBe("nobody");
    expect(closed.tools.every((tool) => TOOL_WORDS[tool].kind === "reads")).toBe(true);
    expect(closed.rights).toEqual(name === "lead" ? ["close"] : []);
  }
});
