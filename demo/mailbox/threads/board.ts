import type { Thread } from "../letter.ts";
import {
  ana,
  colin,
  daniel,
  eva,
  grace,
  ingrid,
  katrin,
  maya,
  pieter,
  priya,
  tom,
} from "../people.ts";

/** The sellers' side: kick-off, board, presentation dates, timetable. */
export const board: readonly Thread[] = [
  {
    key: "kick-off",
    subject: "Falcon: mandate and next steps",
    letters: [
      {
        at: "2026-10-05T08:30:00+02:00",
        from: ingrid,
        to: [daniel],
        cc: [maya, colin, pieter],
        text: [
          "Daniel, Maya,",
          "The engagement letter is signed; Colin has the original. From today nobody at Kestrel but Pieter, Søren and me knows. Please use the code name in every mail, file name and calendar entry.",
          "Three rules from my father, who still owns most of this: no buyer who closes Rotterdam, no auction in the newspapers, and a decision before Christmas.",
          "Ingrid",
        ],
      },
      {
        at: "2026-10-05T18:12:00+02:00",
        from: daniel,
        to: [ingrid],
        cc: [maya, colin, pieter],
        text: [
          "Ingrid,",
          "Understood. Nineteen parties get the teaser on Wednesday, all through Maya. We aim for indicative offers on 6 November and signing on 18 December.",
          "Daniel",
        ],
      },
    ],
  },
  {
    key: "board-paper",
    subject: "Board paper: Project Falcon, bidder update",
    letters: [
      {
        at: "2026-11-13T16:00:00+01:00",
        from: maya,
        to: [colin, ingrid, eva],
        cc: [daniel, grace],
        text: [
          "Dear Colin, Ingrid and Eva,",
          "For Wednesday's board call, where the three parties stand:",
          "1. Brandt Automation: EUR 118 million, EUR 12 million of it deferred, 45 days of exclusivity asked. In the data room, 6 of 17 requests answered.\n2. Lumen Industrie: range of EUR 104 to 110 million, committee on 2 December.\n3. Helio Capital: no price yet, NDA not signed. They own a business that fits and could pay for synergies.",
          "The board is asked for two decisions: how many days of exclusivity we may offer Brandt, and whether Helio gets a presentation without an indicative offer.",
          "Kind regards,\nMaya",
        ],
      },
      {
        at: "2026-11-16T21:40:00+01:00",
        from: eva,
        to: [colin],
        cc: [ingrid, maya, daniel, grace],
        text: [
          "Colin,",
          "Meridian's view before the call: no exclusivity longer than three weeks to anybody. Helio should present; a second serious bidder is worth more to us than a tidy process. Our fund life ends in June, so certainty counts as much as price.",
          "Eva",
        ],
      },
      {
        at: "2026-11-18T19:22:00+01:00",
        from: colin,
        to: [maya, daniel],
        cc: [ingrid, eva, grace],
        text: [
          "Maya, Daniel,",
          "The board decided this afternoon, all in favour:",
          "1. Exclusivity to one party for at most 21 days, and only against a price at closing of EUR 112 million or more.\n2. Helio presents on 26 November if its NDA is signed by then. Non-solicit of no less than 18 months for anybody; Ingrid was firm on this.\n3. Northgate reports each Friday by noon.",
          "Please send me a two-page comparison of the three parties by Thursday 26 November. Minutes follow from Grace.",
          "Colin Marsh",
        ],
        labels: ["STARRED", "IMPORTANT"],
      },
    ],
  },
  {
    key: "presentation",
    subject: "Falcon: dates for the management presentations",
    letters: [
      {
        at: "2026-11-12T11:30:00+01:00",
        from: maya,
        to: [ingrid, pieter],
        cc: [priya],
        text: [
          "Ingrid, Pieter,",
          "Can you keep these for the presentations, each 10:00 to 13:30 with lunch at the Rotterdam site? Tuesday 24 November Brandt, Wednesday 25 November Lumen, Thursday 26 November a third party to be confirmed.",
          "Maya",
        ],
      },
      {
        at: "2026-11-12T22:03:00+01:00",
        from: ingrid,
        to: [maya],
        cc: [pieter, priya],
        text: [
          "Tuesday and Thursday are fine. On Wednesday I am in Aarhus until two; could Lumen come from 15:00? And please not the canteen: people would ask. Use the training centre across the road.",
          "Ingrid",
        ],
      },
    ],
  },
  {
    key: "presentation-brandt",
    subject: "Project Falcon: management presentation, 24 November",
    letters: [
      {
        at: "2026-11-13T09:18:00+01:00",
        from: maya,
        to: [katrin],
        cc: [priya],
        text: [
          "Dear Katrin,",
          "Your management presentation is on Tuesday 24 November, 10:00 to 13:30, in Rotterdam. Please name up to eight people by the 19th. The place follows one day before.",
          "Kind regards,\nMaya",
        ],
      },
    ],
  },
  {
    key: "presentation-helio",
    subject: "Project Falcon: management presentation, 26 November",
    letters: [
      {
        at: "2026-11-13T14:55:00+01:00",
        from: maya,
        to: [ana],
        cc: [tom],
        text: [
          "Hi Ana,",
          "If the NDA is signed in time, we can offer Helio Thursday 26 November, 10:00 to 13:30, in Rotterdam. Would that work for Tom and you?",
          "Best,\nMaya",
        ],
      },
      {
        at: "2026-11-16T10:26:00+01:00",
        from: ana,
        to: [maya],
        cc: [tom],
        text: [
          "Hi Maya,",
          "Thursday works. We would be four: Tom, me, our operating partner Inés Cuesta and the CEO of Orvanta. Is it possible to see the demo of Kestrel Flow on a live line, and not only slides?",
          "Best,\nAna",
        ],
      },
    ],
  },
  {
    key: "timetable",
    subject: "Falcon: timetable to signing",
    letters: [
      {
        at: "2026-11-19T18:20:00+01:00",
        from: daniel,
        to: [maya, priya],
        text: [
          "Both,",
          "If Brandt gets 21 days from next Wednesday, exclusivity ends on 16 December, two days before we want to sign. That is tight but it is the right pressure. What could break it?",
          "Daniel",
        ],
      },
      {
        at: "2026-11-20T09:15:00+01:00",
        from: priya,
        to: [daniel, maya],
        text: [
          "Three things, in order:",
          "1. The pension report (request 15) comes on Monday at the earliest.\n2. Works council: Carrow says that the Dutch one must be heard before signing, four weeks if they use them all.\n3. Brandt's supervisory board meets only on 8 December.",
          "The works council is the one that worries me. Should the request for advice go out this month?",
          "Priya",
        ],
        labels: ["UNREAD"],
      },
    ],
  },
];
