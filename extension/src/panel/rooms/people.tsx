/** Who is in the room: joined ones solid, invitations dashed; roles change in their place. */
import { routes } from "@vaultdesk/shared/api.ts";
import { RoleName } from "@vaultdesk/shared/role.ts";
import { Address, type Member } from "@vaultdesk/shared/room.ts";
import { type ReactElement, type ReactNode, useState } from "react";

import { detach } from "../../detach.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Away, GoAway } from "./away.tsx";
import type { InRoomProps } from "./one-room.tsx";
import { ROLES, WORDS } from "./words.ts";

export function People(props: InRoomProps): ReactElement {
  const { call, room, control, may, onGone } = props;
  const [going, setGoing] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const { id } = room;
  const remove = async ({ id: memberId, you }: Member) => {
    const reply = await call(routes.removeMember, { id, memberId });
    if (you && reply.ok) onGone();
    else await control.takeAway(Promise.resolve(reply));
  };
  const me = room.members.find(({ you }) => you);
  return (
    <>
      <ul className="stack">
        {room.members.map((member) => (
          <Person
            key={member.id}
            member={member}
            roles={may("members") ? givable(room.yours, member.role) : []}
            onRole={(role) => {
              const { id: memberId, role: from } = member;
              detach(control.change(call(routes.changeMember, { id, memberId }, { from, role })));
            }}
            onRemove={member.you ? undefined : () => setLeaving(member)}
            away={<Away {...props} member={member} />}
          />
        ))}
      </ul>
      {may("members") ? <Invite {...props} /> : undefined}
      {me !== undefined && going ? (
        <GoAway {...props} me={me} onEnd={() => setGoing(false)} />
      ) : undefined}
      {me === undefined ? undefined : (
        <div className="actions">
          {going || me.role === "observer" ? undefined : (
            <Button data-testid="go-away" onClick={() => setGoing(true)}>
              {room.yours === "lead" ? WORDS.goAway : WORDS.goAwayYourself}
            </Button>
          )}
          <Button data-testid="room-leave" onClick={() => setLeaving(me)}>
            {WORDS.leave}
          </Button>
        </div>
      )}
      {leaving === undefined ? undefined : (
        <Confirm
          {...wordsFor(leaving)}
          about={leaving.address}
          testId="member"
          onEnd={() => setLeaving(undefined)}
          onGo={() => remove(leaving)}
        />
      )}
    </>
  );
}

function wordsFor({ you, state }: Member) {
  if (you) {
    return { title: WORDS.leaveTitle, words: WORDS.leaveWords, keep: WORDS.stay, go: WORDS.leave };
  }
  const [title, words] =
    state === "invited"
      ? [WORDS.uninviteTitle, WORDS.uninviteWords]
      : [WORDS.removeTitle, WORDS.removeWords];
  return { title, words, keep: WORDS.keepPerson, go: WORDS.remove };
}

/** Only a lead makes or unmakes a lead. */
function givable(yours: RoleName, theirs: RoleName): readonly RoleName[] {
  if (yours === "lead") return RoleName.options;
  return theirs === "lead" ? [] : RoleName.options.filter((role) => role !== "lead");
}

const asOptions = (roles: readonly RoleName[]) =>
  roles.map((value) => ({ value, label: ROLES[value] }));

interface PersonProps {
  member: Member;
  /** Those that the caller may give them; none where they may not. */
  roles: readonly RoleName[];
  onRole: (role: RoleName) => void;
  onRemove: (() => void) | undefined;
  away: ReactNode;
}

function Person({ member, roles, onRole, onRemove, away }: PersonProps) {
  const { address, role, state, you } = member;
  return (
    <li
      className="card member"
      data-solid={state === "joined"}
      data-testid="member"
      data-state={state}
    >
      <div className="row">
        <span className="grow cut">{address}</span>
        {you ? <span className="tag">{WORDS.you}</span> : undefined}
        {state === "invited" ? <span className="tag">{WORDS.invited}</span> : undefined}
      </div>
      <div className="row">
        {roles.length === 0 ? (
          <span className="grow">{ROLES[role]}</span>
        ) : (
          <span className="grow">
            <Select
              label={WORDS.roleOf(address)}
              hideLabel
              options={asOptions(roles)}
              chosen={role}
              testId="member-role"
              onChoose={onRole}
            />
          </span>
        )}
        {roles.length === 0 || onRemove === undefined ? undefined : (
          <IconButton
            icon="bin"
            size={16}
            label={WORDS.removeOne(address)}
            aria-haspopup="dialog"
            data-testid="member-remove"
            onClick={onRemove}
          />
        )}
      </div>
      {state === "invited" ? <p className="quiet">{WORDS.invitedWords}</p> : undefined}
      {away}
    </li>
  );
}

function Invite({ call, room, control }: InRoomProps) {
  const [address, setAddress] = useState("");
  const [role, setRole] = useState<RoleName>("analyst");
  const [tried, setTried] = useState(false);
  const parsed = Address.safeParse(address);
  const invite = async (to: string) => {
    const asked = call(routes.inviteMember, { id: room.id }, { address: to, role });
    if (!(await control.change(asked))) return;
    setAddress("");
    setTried(false);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (parsed.success) detach(invite(parsed.data));
      }}
    >
      <Field
        label={WORDS.invite}
        hint={WORDS.inviteHint}
        maxLength={254}
        value={address}
        error={tried && !parsed.success ? WORDS.badAddress : undefined}
        testId="invite-address"
        onChange={setAddress}
      />
      <div className="row ends">
        <Select
          label={WORDS.role}
          options={asOptions(givable(room.yours, "analyst"))}
          chosen={role}
          testId="invite-role"
          onChoose={setRole}
        />
        <span className="grow" />
        <Button type="submit" look="main" data-testid="invite">
          {WORDS.inviteGo}
        </Button>
      </div>
    </form>
  );
}
