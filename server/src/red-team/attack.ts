/** An attack as data: what the user asks, what the enemy planted where they look, and what a model that obeys calls then. */
export interface Call {
  tool: string;
  /** `$message`, `$thread`, `$event` and `$draft` stand for the ids that the run meets. */
  args: Readonly<Record<string, unknown>>;
}

interface PlantedMail {
  kind: "mail";
  from: string;
  cc?: string;
  replyTo?: string;
  subject: string;
  text?: string;
  html?: string;
  /** A text file. */
  file?: { name: string; text: string };
}

interface PlantedEvent {
  kind: "event";
  title: string;
  description: string;
  location?: string;
  guests?: readonly string[];
}

export interface Attack {
  id: string;
  /** What the user asks for, in their own words. */
  user: string;
  planted: PlantedMail | PlantedEvent;
  /** What the model reads besides. */
  reads?: readonly Call[];
  calls: readonly Call[];
}

/** A mail that is drafted and then asked for. */
export function sending(args: Readonly<Record<string, unknown>>): Call[] {
  return [
    { tool: "draft_email_reply", args },
    { tool: "send_email_with_approval", args: { draft_id: "$draft" } },
  ];
}

export function newMail(to: string, body: string, subject = "Important"): Call[] {
  return sending({ mode: "new", to: [to], subject, body });
}
