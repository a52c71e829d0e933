import type { Thread } from "../letter.ts";
import { letterOfIntent as paper } from "../papers/offers.ts";
import { colin, daniel, eva, grace, henning, ingrid, juergen, katrin, maya } from "../people.ts";

/** What Brandt offers, and what the sellers say of it among themselves. */
export const letterOfIntent: readonly Thread[] = [
  {
    key: "loi",
    subject: "Project Falcon: letter of intent, Brandt Automation",
    letters: [
      {
        at: "2026-11-09T17:12:00+01:00",
        from: katrin,
        to: [maya],
        cc: [juergen, henning],
        text: [
          "Dear Maya,",
          "Attached is our letter of intent. In short: EUR 118 million enterprise value, cash-free and debt-free, EUR 106 million of it at closing and EUR 12 million after twelve months against an ARR of EUR 29 million. No financing condition.",
          "We ask for 45 days of exclusivity. You will understand that we can't put three teams of advisers on this without it. The letter is open until 27 November.",
          "Mit freundlichen Grüßen\nKatrin",
          katrin.block,
        ],
        files: [paper],
      },
      {
        at: "2026-11-12T15:58:00+01:00",
        from: maya,
        to: [katrin],
        cc: [juergen, henning, daniel, grace],
        text: [
          "Dear Katrin,",
          "Thank you for the letter and the work behind it. The shareholders are glad to continue with Brandt and ask for movement on four points before they can countersign:",
          "1. Exclusivity of 21 days, not 45, without an automatic extension.\n2. EUR 112 million at closing and at most EUR 6 million deferred.\n3. Escrow of 5% for 12 months. Grace and Henning can discuss this together with the cap.\n4. A peg at the twelve-month average of net working capital, EUR 3.1 million.",
          "The management presentation stands in any case.",
          "Kind regards,\nMaya",
        ],
        quotes: true,
      },
      {
        at: "2026-11-17T11:22:00+01:00",
        from: katrin,
        to: [maya],
        cc: [juergen, henning],
        text: [
          "Dear Maya,",
          "Jürgen and I have spoken to the chairman. We can do EUR 110 million at closing and EUR 8 million deferred, and 30 days of exclusivity. On escrow and peg the lawyers and the finance people should meet this week.",
          "Can you tell us by Tuesday 24 November whether 30 days are acceptable? Our supervisory board papers go out on the 25th.",
          "Mit freundlichen Grüßen\nKatrin",
        ],
        html: true,
        quotes: true,
        labels: ["STARRED", "IMPORTANT"],
      },
    ],
  },
  {
    key: "loi-board",
    subject: "Falcon: Brandt's letter of intent",
    letters: [
      {
        at: "2026-11-10T08:47:00+01:00",
        from: daniel,
        to: [ingrid, colin, eva],
        cc: [maya, grace],
        text: [
          "All,",
          "Brandt's letter is attached. It is the best we have: EUR 118 million against EUR 104 to 110 million from Lumen. Three things I do not like: the 45 days, an escrow of 10% for two years, and a working capital level of EUR 3.9 million, which costs you EUR 0.8 million on day one.",
          "My advice: do not countersign. Answer with 21 days, 5% for 12 months and a proper peg, and keep Lumen and the late party warm until they move.",
          "Daniel",
        ],
        html: true,
        files: [paper],
      },
      {
        at: "2026-11-10T21:15:00+01:00",
        from: ingrid,
        to: [daniel],
        cc: [colin, eva, maya, grace],
        text: [
          "Agreed from my side. The earn-out worries me more than the price: ARR of EUR 29 million in twelve months assumes that the Danish water contract lands, and after closing that is no longer in our hands.",
          "Please ask them to move at least half of the twelve into the price at closing.",
          "Ingrid",
        ],
        html: true,
        quotes: true,
      },
    ],
  },
];
