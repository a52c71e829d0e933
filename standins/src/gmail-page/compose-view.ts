/** A compose window at the bottom right: an empty one, or a draft. It sends nothing: the stand-in's page only reads. Pure. */
import type { MailboxView } from "../google/mailbox-view.ts";
import { box, type Part, text, tool } from "./part.ts";

function field(label: string, value: string): Part {
  const attrs = { "aria-label": label, placeholder: label, value, autocomplete: "off" };
  return box("input", "aoT", [], { attrs });
}

export function composeView(mailbox: MailboxView, id: string | undefined, closed: string): Part[] {
  const draft = mailbox.drafts().find((one) => one.id === id);
  if (id !== "new" && draft === undefined) return [];
  const title = draft === undefined || draft.subject === "" ? "New message" : draft.subject;
  return [
    box(
      "section",
      "AD",
      [
        box("div", "Hp", [
          text("span", "aYF", title),
          tool("close", "Save and close", closed === "" ? "#inbox" : closed),
        ]),
        field("To", draft?.to ?? ""),
        field("Subject", draft?.subject ?? ""),
        text("div", "Am Al editable", draft?.text.trim() ?? "", {
          attrs: {
            role: "textbox",
            contenteditable: "true",
            "aria-multiline": "true",
            "aria-label": "Message body",
          },
        }),
        text("div", "aDh", "The stand-in sends nothing from here."),
      ],
      { attrs: { "aria-label": title } },
    ),
  ];
}
