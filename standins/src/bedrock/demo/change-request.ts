/** "make it shorter", "add that we need it by Friday", "attach the signed NDA from Ana's mail" -> what to change on the last draft. Pure. */
export type Change =
  | { kind: "shorter" }
  | { kind: "add"; text: string }
  | { kind: "attach"; words: string; person?: string };

const SHORTER =
  /^(?:(?:please|now|and)\s+)*(?:make (?:it|this|that|the (?:draft|reply|mail))|shorten|cut)\b.*?(?:\b(?:shorter|briefer|more concise|brief|shorten|cut)\b|(?:it|this|the (?:draft|reply|mail))[.!]*$)/i;
const ADD = /^(?:(?:please|now|and)\s+)*(?:add|mention|include)(?: also)? that\s+(.{2,300})$/i;
const ATTACH =
  /^(?:(?:please|now|and)\s+)*attach (?:the |a )?(.{2,80}?)(?: (?:from|of|in) (?:(\p{L}[\p{L}-]*)['’]s (?:mail|message)|this thread))?[.!]*$/iu;

export function readChange(request: string): Change | undefined {
  const text = request.trim();
  if (SHORTER.test(text)) return { kind: "shorter" };
  const added = ADD.exec(text)?.[1];
  if (added !== undefined) return { kind: "add", text: added };
  const [, words, person] = ATTACH.exec(text) ?? [];
  if (words === undefined) return undefined;
  return { kind: "attach", words, ...(person === undefined ? {} : { person }) };
}
