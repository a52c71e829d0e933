/** What a policy comes to, in lines for an administrator. Pure. */
import { ruleWords } from "@vaultdesk/shared/four-eyes.ts";
import type { InForce } from "@vaultdesk/shared/org-policy.ts";
import { CEILING, REACH_WORDS, RoleName } from "@vaultdesk/shared/role.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";

const list = (names: readonly string[]) => (names.length === 0 ? "nobody" : names.join(", "));

function lessOf(name: RoleName, { ceiling }: InForce): string[] {
  const [most, now] = [CEILING[name], ceiling[name]];
  const gone = most.tools.filter((tool) => !now.tools.includes(tool));
  const rights = most.rights.filter((right) => !now.rights.includes(right));
  return [
    ...(gone.length === 0
      ? []
      : [`${name}: may not ${gone.map((tool) => TOOL_WORDS[tool].to).join(", ")}`]),
    ...(most.reach === now.reach ? [] : [`${name}: writes to ${REACH_WORDS[now.reach]} at most`]),
    ...(rights.length === 0 ? [] : [`${name}: without the rights ${rights.join(", ")}`]),
  ];
}

export function policyLines(policy: InForce): string[] {
  const { models, blocked, only, roomMakers, ownSide, pinned, keep } = policy;
  return [
    ...(models === undefined ? [] : [`models: ${models.join(", ")}`]),
    ...(blocked.length === 0 ? [] : [`nothing goes to: ${list(blocked)}`]),
    ...(only === undefined ? [] : [`mail and invitations go only to: ${list(only)}`]),
    ...(roomMakers === undefined ? [] : [`rooms are made by: ${list(roomMakers)}`]),
    ...(ownSide.length === 0 ? [] : [`own side besides the members' domains: ${list(ownSide)}`]),
    ...RoleName.options.flatMap((name) => lessOf(name, policy)),
    ...pinned.map((rule) => `in every room: ${ruleWords(rule)}`),
    ...(keep.audit === undefined
      ? []
      : [`audit rows are removed when they are ${keep.audit} days old`]),
    `conversations are erased ${keep.conversations} days after the last word in them`,
  ];
}
