import type { Thread } from "../letter.ts";
import { ndaForm, ndaMarkup } from "../papers/nda.ts";
import { ana, daniel, grace, marcus, maya, tom } from "../people.ts";

/** The thread of the main demo: its last letter asks Maya three things. */
export const ndaMarkupThread: Thread = {
  key: "nda-markup",
  subject: "Project Falcon: NDA markup",
  letters: [
    {
      at: "2026-11-03T10:05:00+01:00",
      from: maya,
      to: [ana],
      cc: [tom, daniel],
      text: [
        "Hi Ana,",
        "As discussed on the phone, attached is our form of NDA for Project Falcon. It is the form that the other parties signed, so I would ask you to keep comments to what you really need.",
        "Once it is signed we send the process letter and your numbered copy of the Information Memorandum.",
        "Best regards,\nMaya",
        maya.block,
      ],
      files: [ndaForm],
    },
    {
      at: "2026-11-05T17:42:00+01:00",
      from: ana,
      to: [maya],
      cc: [tom, marcus],
      text: [
        "Hi Maya,",
        "Thank you. The form is fine in most parts. Before Marcus turns it, these are our commercial points:",
        "1. Clause 2: we need to speak to two lenders early. We can name them (Caldera Bank, Nordhaven Credit) and have each sign a joinder.\n2. Clause 4: 24 months of non-solicit with a no-hire is more than we give anywhere. We can do 12 months, without the no-hire.\n3. Clause 5: we come to this late and will spend money fast. We would like 30 days of exclusivity if your clients sign an LOI with us.",
        "Marcus Reed of Pellham & Stowe (copied) is our counsel.",
        "Best,\nAna",
      ],
      quotes: true,
    },
    {
      at: "2026-11-06T12:18:00+01:00",
      from: maya,
      to: [ana],
      cc: [tom, marcus, grace, daniel],
      text: [
        "Hi Ana,",
        "Copying Grace Lambert of Carrow, who acts for the sellers. First reactions:",
        "1. Two named lenders with joinders: agreed. Anybody else needs our consent.\n2. Non-solicit: the board will not go to 12 months, the engineers are what you are buying. I think 18 is within reach, and we can drop the no-hire if general advertisements are the only exception.\n3. Exclusivity does not belong in an NDA and nobody else has it. The place for it is the LOI.",
        "Best,\nMaya",
      ],
    },
    {
      at: "2026-11-10T19:31:00+01:00",
      from: marcus,
      to: [grace],
      cc: [maya, ana],
      text: [
        "Grace,",
        "Three legal points from us on the Falcon NDA, none of which should hold anybody up:",
        "(a) clause 2A, a carve-out for portfolio companies that have received nothing;\n(b) clause 6, routine back-ups may stay until overwritten, and remain confidential;\n(c) clause 7, term of 18 instead of 24 months, in line with the non-solicit that Maya has in mind.",
        "Dutch law and the Rotterdam courts are fine.",
        "Regards,\nMarcus",
        marcus.block,
      ],
    },
    {
      at: "2026-11-12T09:26:00+01:00",
      from: grace,
      to: [marcus],
      cc: [maya, ana],
      text: [
        "Marcus,",
        "(a) and (b) are agreed in the wording you sent. (c) is agreed if the non-solicit lands at 18 months; I would not want the undertaking to end before it does.",
        "That leaves exclusivity and the length of the non-solicit, which I leave to Maya and Ana.",
        "Kind regards,\nGrace",
      ],
      html: true,
      quotes: true,
    },
    {
      at: "2026-11-18T18:07:00+01:00",
      from: ana,
      to: [maya],
      cc: [tom, marcus],
      text: [
        "Hi Maya,",
        "Attached is our second markup. Everything agreed between counsel is in it. The two open points are marked in clauses 4 and 5: we kept 12 months and 30 days for now, because our committee has not met yet.",
        "I hear from the market that you have an LOI on the table. We can move quickly, but not without the IM.",
        "Best,\nAna",
      ],
      files: [ndaMarkup],
    },
    {
      at: "2026-11-19T09:50:00+01:00",
      from: maya,
      to: [ana],
      cc: [tom],
      text: [
        "Hi Ana,",
        "Received, thank you. I can't comment on other parties. I have the two open points with the board and with Carrow and will come back to you early next week.",
        "Your management presentation slot on Thursday 26 November is held until the NDA is signed; after that date I can't keep it.",
        "Best,\nMaya",
      ],
    },
    {
      at: "2026-11-20T16:48:00+01:00",
      from: ana,
      to: [maya],
      text: [
        "Hi Maya,",
        "Thank you for holding the slot. We are nearly there, and our committee meets on Wednesday morning, so I would like to close the NDA before then. Three questions:",
        "1. Exclusivity: can your clients accept 21 days from the date of a signed LOI, instead of the 30 days in our markup?\n2. Non-solicit: is 12 months workable if we keep the exception for general advertisements, or does the board insist on 18?\n3. When will we receive the Information Memorandum once the NDA is signed?",
        "If you can confirm the first two by Tuesday noon, Tom signs the same day.",
        "Best,\nAna",
        ana.block,
      ],
      quotes: true,
      labels: ["UNREAD", "IMPORTANT"],
    },
  ],
};
