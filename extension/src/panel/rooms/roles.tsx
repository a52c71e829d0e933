/** What each role may do, as a lead may change it: whom it writes to, and its tools. What no room may give is not offered. */
import { routes } from "@vaultdesk/shared/api.ts";
import { CEILING, Reach, reaches, type Role, RoleName } from "@vaultdesk/shared/role.ts";
import { ToolName } from "@vaultdesk/shared/scope.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";
import { type ReactElement, useState } from "react";

import { detach } from "../../detach.ts";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { Rules } from "./rules.tsx";
import { lackWords, REACHES, ROLES, WORDS } from "./words.ts";

const NAMES = RoleName.options.map((value) => ({ value, label: ROLES[value] }));

function toolLabel(tool: ToolName): string {
  const { to } = TOOL_WORDS[tool];
  return `${to.slice(0, 1).toUpperCase()}${to.slice(1)}`;
}

export function Roles({ call, room, control, policy, may }: InRoomProps): ReactElement {
  const { id, version, roles, yours } = room;
  const [name, setName] = useState(yours);
  const [busy, setBusy] = useState(false);
  const role = roles[name];
  const [most, builtIn] = [policy.ceiling[name], CEILING[name]];
  const lacks = lackWords(role);
  const locked = busy || !may("roles");
  const put = async (change: Partial<Role>) => {
    setBusy(true);
    const changed = { ...roles, [name]: { ...role, ...change } };
    await control.change(call(routes.changeRoles, { id }, { version, roles: changed }));
    setBusy(false);
  };
  return (
    <>
      <p className="quiet">{WORDS.rolesWords}</p>
      <Select label={WORDS.role} options={NAMES} chosen={name} testId="role" onChoose={setName} />
      {lacks === "" ? undefined : <p className="quiet">{lacks}</p>}
      <Select
        label={WORDS.reach}
        options={Reach.options
          .filter((value) => reaches(most.reach, value))
          .map((value) => ({ value, label: REACHES[value] }))}
        chosen={role.reach}
        disabled={locked}
        testId="role-reach"
        onChoose={(reach) => detach(put({ reach }))}
      />
      {most.reach === builtIn.reach ? undefined : <p className="quiet">{WORDS.byOrganisation}</p>}
      <div className="stack tight">
        {ToolName.options
          .filter((tool) => builtIn.tools.includes(tool))
          .map((tool) => (
            <Switch
              key={tool}
              label={toolLabel(tool)}
              on={role.tools.includes(tool)}
              words={most.tools.includes(tool) ? undefined : WORDS.byOrganisation}
              disabled={locked || !most.tools.includes(tool)}
              testId={`role-tool-${tool}`}
              onChange={(on) => {
                const others = role.tools.filter((one) => one !== tool);
                detach(put({ tools: on ? [...others, tool] : others }));
              }}
            />
          ))}
      </div>
      <Rules call={call} room={room} control={control} policy={policy} may={may} />
    </>
  );
}
