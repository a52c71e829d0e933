/** A small deal thread, and tools that serve it, for the demo model's tests. */
import type { Stage } from "./rehearsal.ts";

export const THREAD = "18c0ffee00000001";
export const IDS = {
  first: "18c0ffee00000011",
  second: "18c0ffee00000012",
  third: "18c0ffee00000013",
  last: "18c0ffee00000014",
} as const;

const MAYA = "Maya Field <maya@northgate.example>";
const ANA = "Ana Ruiz <ana.ruiz@helio-capital.example>";
const TOM = '"Tom Berg" <tom.berg@helio-capital.example>';

export const falcon = {
  thread_id: THREAD,
  subject: "Project Falcon: exclusivity",
  message_count: 4,
  messages: [
    {
      id: IDS.first,
      from: ANA,
      to: MAYA,
      cc: TOM,
      date: "2026-11-16T09:12:00.000Z",
      text: "Hi Maya,\n\nThank you for the call. We would like 30 days of exclusivity from\nsigning the LOI. Can you confirm the escrow amount?\nPlease send the working capital schedule by Thursday.\n\nBest regards,\nAna Ruiz\nHelio Capital\n+34 600 000 000",
      attachments: [{ filename: "LOI draft.pdf", mime_type: "application/pdf", size: 81234 }],
    },
    {
      id: IDS.second,
      from: MAYA,
      to: ANA,
      cc: TOM,
      date: "2026-11-17T16:40:00.000Z",
      text: "Hi Ana,\n\nThe escrow amount is EUR 2.4 million, as agreed on Friday. We will send the working capital schedule tomorrow.\n\nRegards,\nMaya\n\nOn Mon, 16 Nov 2026 at 10:12, Ana Ruiz <ana.ruiz@helio-capital.example>\nwrote:\n> We would like 30 days of exclusivity from\n> signing the LOI. Can you confirm the escrow amount?",
      attachments: [],
    },
    {
      id: IDS.third,
      from: TOM,
      to: MAYA,
      cc: ANA,
      date: "2026-11-19T08:05:00.000Z",
      text: "Maya,\n\nCould you also send the list of pending litigation? Who signs for the seller?\n\nTom",
      attachments: [],
    },
    {
      id: IDS.last,
      from: ANA,
      to: MAYA,
      cc: TOM,
      date: "2026-11-20T14:04:00.000Z",
      text: "Hi Maya,\n\nOur committee now accepts 21 days of exclusivity instead of 30. We need your answer on exclusivity by Tuesday.\n\nAna\n\n-----Original Message-----\nFrom: Maya Field\nSent: Tuesday\nTo: Ana Ruiz\nSubject: RE: Project Falcon: exclusivity\n\nThe escrow amount is EUR 2.4 million.",
      attachments: [],
    },
  ],
};

export const SENT = "Sent. You approved it on your phone, and Gmail has sent it.";

export const hits = falcon.messages.map((message) => ({
  id: message.id,
  thread_id: THREAD,
  from: message.from,
  to: message.to,
  subject: falcon.subject,
  date: message.date,
  snippet: message.text.replace(/\s+/g, " ").slice(0, 120),
  attachments: message.attachments.map((file) => file.filename),
}));

export const tools: NonNullable<Stage["tools"]> = {
  read_email_thread: () => falcon,
  search_gmail: () => ({ found: hits.length, shown: hits.length, messages: hits }),
  get_latest_emails: () => ({ found: 2, shown: 2, messages: hits.slice(2) }),
  draft_email_reply: ({ to, subject }) => ({
    draft_id: "r-100",
    thread_id: THREAD,
    to: to ?? ["Ana Ruiz <ana.ruiz@helio-capital.example>"],
    cc: [],
    subject: subject ?? "Re: Project Falcon: exclusivity",
    saved: true,
  }),
  send_email_with_approval: () => ({
    outcome: "sent",
    detail: SENT,
    message_id: "18c0ffee000000aa",
  }),
};
export const nothing = () => ({ found: 0, shown: 0, messages: [] });
