import type { Thread } from "../letter.ts";
import { workingCapital } from "../papers/diligence.ts";
import { daniel, grace, henning, juergen, katrin, maya, pieter, priya } from "../people.ts";

/** What counsel and the finance people negotiate. */
export const terms: readonly Thread[] = [
  {
    key: "escrow",
    subject: "Project Falcon: escrow and indemnity cap",
    letters: [
      {
        at: "2026-11-13T10:20:00+01:00",
        from: grace,
        to: [henning],
        cc: [maya],
        text: [
          "Dear Henning,",
          "On the main terms in section 4 of your client's letter, the sellers' position is:",
          "1. Escrow: 5% of the price (EUR 5.9 million) for 12 months, released automatically unless a claim is notified.\n2. Cap for business warranties: 10% of the price. Title and tax at 100% is agreed.\n3. De minimis EUR 100,000, basket EUR 1 million, deductible and not tipping.\n4. No double recovery with the purchase price adjustment.",
          "If Brandt takes out warranty insurance, most of this falls away. The sellers would share the premium.",
          "Kind regards,\nGrace",
          grace.block,
        ],
      },
      {
        at: "2026-11-16T18:44:00+01:00",
        from: henning,
        to: [grace],
        cc: [maya, katrin],
        text: [
          "Dear Grace,",
          "Thank you. My instructions:",
          "1. Escrow of 7.5% for 18 months, stepping down to 4% after twelve if no claim is pending.\n2. Cap at 20%. Insurance is being priced; without it 10% is not acceptable to the supervisory board.\n3. De minimis EUR 75,000 is fine. Basket EUR 750,000, but tipping.\n4. No double recovery: agreed.",
          "There is one more point. We need a specific indemnity for the contractors in Gdansk whose invention assignments are missing (request number 9), outside the cap.",
          "Beste Grüße aus Hamburg\nHenning Kröger",
          henning.block,
        ],
        html: true,
        quotes: true,
      },
      {
        at: "2026-11-17T09:03:00+01:00",
        from: grace,
        to: [maya, daniel],
        text: [
          "Maya, Daniel,",
          "This has moved well. I would settle at 6% for 15 months and a cap of 15%, and give the Gdansk indemnity if it is capped at EUR 2 million and ends when the four assignments are signed. Pieter says that two of them will be signed this week.",
          "May I offer that as a package? It only works as a package.",
          "Grace",
        ],
        labels: ["IMPORTANT"],
      },
      {
        at: "2026-11-18T08:31:00+01:00",
        from: maya,
        to: [grace],
        cc: [daniel],
        text: [
          "Grace,",
          "Daniel and I agree with the package, and so does Ingrid. Please hold it until Brandt has answered on exclusivity; I don't want to give escrow and days in the same week.",
          "Maya",
        ],
      },
    ],
  },
  {
    key: "schedule",
    subject: "Falcon: net working capital schedule",
    letters: [
      {
        at: "2026-11-12T19:05:00+01:00",
        from: pieter,
        to: [maya],
        cc: [priya],
        text: [
          "Hi Maya,",
          "Here is the schedule. After deferred revenue the twelve-month average is EUR 3.1 million. Brandt's 3.9 is our September figure, the highest of the year. If we close in January they would take 1.9 and ask us to pay the difference for invoices that are simply not due yet.",
          "Please do not let anybody call deferred revenue debt. We had that discussion with Meridian in 2021.",
          "Groeten,\nPieter",
        ],
        files: [workingCapital],
      },
    ],
  },
  {
    key: "peg",
    subject: "Project Falcon: working capital peg",
    letters: [
      {
        at: "2026-11-13T13:48:00+01:00",
        from: maya,
        to: [juergen],
        cc: [katrin, priya],
        text: [
          "Dear Jürgen,",
          "Attached is the monthly schedule (number 10 of your list). Maintenance is invoiced in January, so a peg has to cover a full year. We propose EUR 3.1 million, the twelve-month average to October, with a collar of EUR 150,000 either way.",
          "Kind regards,\nMaya",
        ],
        files: [workingCapital],
      },
      {
        at: "2026-11-19T17:36:00+01:00",
        from: juergen,
        to: [maya],
        cc: [katrin],
        text: [
          "Dear Maya,",
          "We accept the principle of a twelve-month average. Our team computes EUR 3.4 million, because we leave out receivables older than 120 days and two customer prepayments. We could meet at EUR 3.25 million, with the collar.",
          "Können wir das am Montag kurz telefonisch klären? Ich bin ab 14 Uhr frei.",
          "Viele Grüße\nJürgen Weiß",
        ],
        labels: ["UNREAD"],
      },
    ],
  },
];
