/** Words of the deal rooms' pages. */
import { untilWords } from "@vaultdesk/shared/absence.ts";
import type { Reach, Role, RoleName } from "@vaultdesk/shared/role.ts";
import type { CircleEntry, Side, Stage } from "@vaultdesk/shared/room.ts";
import type { Reader, Tier } from "@vaultdesk/shared/tier.ts";
import { TOOL_WORDS } from "@vaultdesk/shared/tool-words.ts";

export const ROLES: Readonly<Record<RoleName, string>> = {
  lead: "Lead",
  associate: "Associate",
  analyst: "Analyst",
  counsel: "Counsel",
  observer: "Observer",
};

export const STAGES: Readonly<Record<Stage, string>> = {
  teaser: "Teaser",
  nda: "NDA",
  cim: "CIM",
  loi: "LOI",
  diligence: "Diligence",
  signing: "Signing",
  closing: "Closing",
};

export const SIDES: Readonly<Record<Side, string>> = {
  own: "Own side",
  counterparty: "Counterparty",
  adviser: "Adviser",
};

export const REACHES: Readonly<Record<Reach, string>> = {
  nobody: "Nobody",
  own_side: "Own side",
  circle: "The circle",
  anyone: "Anyone",
};

export const TIERS: Readonly<Record<Tier, string>> = {
  teaser: "Teaser",
  cim: "CIM",
  data_room: "Data room",
  board: "Board",
};

export const READERS: Readonly<Record<Reader, string>> = {
  own: "Own side",
  adviser: "Advisers",
  signed: "Whoever signed an NDA",
  sent: "Whoever was sent an NDA",
  none: "Whoever has no NDA",
  declined: "Whoever declined",
};

/** What a role lacks, in one sentence; nothing where it has all. */
export function lackWords(role: Pick<Role, "tools" | "reach">): string {
  const asks = Object.entries(TOOL_WORDS).filter(([, { kind }]) => kind !== "reads");
  const lacks = asks.filter(([tool]) => !role.tools.some((one) => one === tool));
  if (lacks.length === asks.length) return "Reads. Writes nothing.";
  const cannot = lacks.map(([, { to }]) => to).join(", ");
  const reach = role.reach === "anyone" ? "" : `Writes to: ${REACHES[role.reach].toLowerCase()}. `;
  return `${reach}${cannot === "" ? "" : `May not: ${cannot}.`}`.trim();
}

export const WORDS = {
  eyes: "Whose yes it needs besides",
  eyesWords:
    "Each of them is asked on their own phone. Nothing is done before all have said yes, and one no ends it.",
  pinned: "Holds in every room.",
  title: "Deal rooms",
  about:
    "A deal, its people and its threads. What you ask on a thread of a room follows your role in it.",
  none: "Your deal rooms will be here. Make one, or have a lead invite you by your mail address.",
  codeName: "Code name",
  codeNameHint: "As the team calls it, for example Project Falcon",
  create: "Make a room",
  noRooms: "Your organisation says who may make deal rooms. Ask one of them to invite you.",
  emptyName: "Give it a name of up to 60 characters.",
  counts: (members: number, threads: number) =>
    `${members} ${members === 1 ? "person" : "people"}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
  closed: "closed",
  closedWords: "This room is closed: everybody can read, nobody can write on its threads.",

  people: "People",
  you: "you",
  invited: "invited",
  invitedWords: "Joins when this address signs in",
  roleOf: (address: string) => `Role of ${address}`,
  invite: "Invite by address",
  inviteHint: "Nothing is mailed. They are in once they sign in with this mailbox connected.",
  inviteGo: "Invite",
  badAddress: "This is not a mail address.",
  role: "Role",
  remove: "Remove",
  removeOne: (address: string) => `Remove ${address}`,
  removeTitle: "Remove this person?",
  removeWords:
    "Their access ends at once: the room, their conversations on its threads, and what waits for their phone. Mail and drafts in their Gmail stay.",
  uninviteTitle: "Take this invitation back?",
  uninviteWords: "The address can no longer join. Nobody is told.",
  keepPerson: "Keep",
  leave: "Leave the room",
  leaveTitle: "Leave this room?",
  leaveWords:
    "Your access ends at once, with your conversations on its threads and what waits for your phone. A lead can invite you again.",
  stay: "Stay",

  goAway: "Say who is away",
  goAwayYourself: "I will be away",

  deal: "Deal",
  stage: "Stage",
  label: "Gmail label",
  labelHint:
    "A thread that has it in your Gmail is offered for the room. When VaultDesk puts it on, after your phone's yes, the thread joins the room.",
  circle: "Circle",
  circleWords:
    "Domains and addresses that belong to the deal. Roles may write to them or not. Your own side are the domains of the members' mailboxes, and what your organisation names.",
  who: "Domain or address",
  side: "Side",
  party: "Name of the counterparty, if not this",
  inCircle: ({ who, side, party }: CircleEntry) =>
    `${party === undefined ? who : `${party}: ${who}`} (${SIDES[side].toLowerCase()})`,
  addWho: "Add to the circle",
  dates: "Key dates",
  day: "Day",
  what: "What is due",
  addDate: "Add a date",
  dateMilestone: "What counterparties should reach by then",
  noMilestone: "Not of a milestone",
  until: (milestone: string) => `For each counterparty: ${milestone}`,
  noCircle: "Nobody yet.",
  wall: "Wall between deals",
  wallWords:
    "Rooms that name the same wall and another side never learn of one another: nobody joins both, no mail crosses, and no assistant finds the other's threads.",
  wallName: "Wall",
  wallSide: "Side of this room",
  noDates: "None yet.",
  save: "Save",
  incomplete: "Fill in each line, or take it away.",
  takeAway: (what: string) => `Take away ${what === "" ? "this line" : what}`,
  close: "Close the room",
  reopen: "Open it again",
  closeWords: "Everybody can still read; nobody can write on its threads.",
  delete: "Delete the room",
  deleteTitle: "Delete this room for good?",
  deleteWords:
    "Its people, circle, dates and the list of its threads are erased, and what waits for a phone on them is withdrawn. Mail and drafts stay in Gmail.",
  keep: "Keep it",
  deleteGo: "Delete for good",

  threads: "Threads",
  noThreads: "Open a thread of the deal in Gmail and add it from the line above the conversation.",
  moreThreads: (count: number) => `${count} more are older.`,
  removeThread: (title: string) => `Remove ${title} from the room`,

  files: "Files",
  documents: "Documents",
  documentsWords:
    "A marked document is known by what it holds, under any name. A mail with it goes to nobody whom its tier leaves out, unless a lead or counsel says yes too.",
  noDocuments: "Open a thread of the room and mark its files here.",
  threadFiles: "Files of the open thread",
  tierOf: (name: string) => `Tier of ${name}`,
  unmarked: "Not marked",
  markAs: (tier: string) => `Mark as ${tier}`,
  unmark: (name: string) => `Take the mark off ${name}`,
  whoGets: "Who gets what",
  whoGetsWords:
    "Your own side has everything. Whom a tier leaves out has nothing more confidential either. A lead can take away, not add.",
  ownOnly: "Own side only.",

  roles: "Roles",
  rolesWords: "What each role may do on the room's threads. Each change holds at once.",
  reach: "May write to",
  byOrganisation: "Your organisation allows no more.",
} as const;

export const AWAY_WORDS = {
  away: (day: string, who: string) =>
    `Away until ${untilWords(day, new Date())}. ${who} is asked instead.`,
  back: (you: boolean) => (you ? "I am back" : "They are back"),
  title: "Away, with somebody standing in",
  words:
    "Where a rule needs the yes of whoever is away, who stands in is asked on their own phone. It ends on its day, or when one of the two leaves.",
  who: "Who is away",
  until: "Back on",
  badDay: "Choose a day after today.",
  standsIn: "Who stands in",
  nobody: "Nobody here has the same role. A lead can name somebody else.",
  cancel: "Cancel",
  save: "Save",
} as const;

export const PLACE_WORDS = {
  label: "Deal room of this thread",
  none: "In no deal room",
  add: (codeName: string) => `Add to ${codeName}`,
  why: (why: string) => `Fits: ${why}.`,
  more: "Deal rooms for this thread",
  open: (codeName: string) => `Open ${codeName}`,
  remove: (codeName: string) => `Remove from ${codeName}`,
  stands: (stage: Stage, role: RoleName) =>
    `${STAGES[stage]} · you are ${ROLES[role].toLowerCase()}`,
} as const;
