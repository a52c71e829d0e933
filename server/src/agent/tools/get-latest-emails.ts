/** `get_latest_emails`: the newest of a label. */
import { z } from "zod";

import { listed } from "./list.ts";
import { refused } from "./outcome.ts";
import { Max, readTool, Skip } from "./tool.ts";

export const getLatestEmails = readTool(
  {
    name: "get_latest_emails",
    title: "Reading the newest mails",
    description: "The newest messages of a label, and how many there are.",
    args: z.strictObject({
      max: Max,
      label: z.enum(["inbox", "sent", "unread", "starred", "important"]).default("inbox"),
      skip: Skip,
    }),
  },
  async ({ label, max, skip }, { mail }, signal) => {
    const labelIds = label === "unread" ? ["INBOX", "UNREAD"] : [label.toUpperCase()];
    const found = await mail.search("get_latest_emails", { q: "", labelIds, max, skip }, signal);
    return found.ok ? listed(found.value, { skip }) : refused(found.problem);
  },
);
