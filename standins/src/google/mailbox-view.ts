/** What the Gmail page may see of a mailbox. */
export interface AttachmentView {
  filename: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export interface MessageView {
  id: string;
  threadId: string;
  from: string;
  to: string;
  cc: string;
  subject: string;
  /** Milliseconds since the epoch. */
  at: number;
  snippet: string;
  text: string;
  html?: string;
  attachments: AttachmentView[];
  labels: string[];
}

export interface ThreadRow {
  threadId: string;
  subject: string;
  /** Names or addresses, oldest first, each once. */
  participants: string[];
  snippet: string;
  at: number;
  unread: boolean;
  count: number;
  messageIds: string[];
}

export interface MailboxView {
  email: string;
  name: string;
  /** Newest first; without a label all but spam, trash and drafts. */
  threads(label?: string): ThreadRow[];
  /** Oldest first, drafts included. */
  thread(threadId: string): MessageView[];
  drafts(): MessageView[];
}
