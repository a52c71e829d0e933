import type { Thread } from "../letter.ts";
import { ndaGerman } from "../papers/nda.ts";
import { processLetter } from "../papers/offers.ts";
import { ana, daniel, elodie, katrin, juergen, maya, tom } from "../people.ts";

/** How the bidders came in: teaser, NDA in German, Information Memorandum. */
export const approach: readonly Thread[] = [
  {
    key: "brandt-nda",
    subject: "Projekt Falcon: Vertraulichkeitsvereinbarung",
    prefix: "AW: ",
    letters: [
      {
        at: "2026-10-07T09:14:00+02:00",
        from: maya,
        to: [katrin],
        text: [
          "Dear Katrin,",
          "Further to Daniel's call with Jürgen Weiß, here is the teaser of Project Falcon; our NDA comes in a second mail, in German as you asked. Happy to go through it with your counsel tomorrow.",
          "Falcon in three lines: process-control and MES software for food, water and chemicals; EUR 41.8 million revenue forecast for 2026, of which EUR 26.3 million recurring; 210 people, headquarters in the Benelux.",
          "Kind regards,\nMaya",
          maya.block,
        ],
      },
      {
        at: "2026-10-08T16:02:00+02:00",
        from: katrin,
        to: [maya],
        cc: [juergen],
        text: [
          "Liebe Frau Field,",
          "vielen Dank für die Unterlagen. Wir haben großes Interesse und können die Vereinbarung mit zwei Änderungen zeichnen: Abwerbeverbot 18 statt 24 Monate, und allgemeine Stellenanzeigen sind ausgenommen.",
          "Können Sie uns beides bis Freitag bestätigen? Herr Weiß ist ab Montag für zwei Wochen nicht im Büro.",
          "Mit freundlichen Grüßen\nKatrin Vogel",
          katrin.block,
        ],
      },
      {
        at: "2026-10-08T17:25:00+02:00",
        from: maya,
        to: [katrin],
        cc: [juergen, daniel],
        text: [
          "Liebe Frau Vogel,",
          "beides ist in Ordnung, 18 Monate und die Ausnahme für allgemeine Stellenanzeigen. Bitte senden Sie uns das gezeichnete Exemplar, dann erhalten Sie am Montag das Information Memorandum mit der Nummer 04.",
          "Herzliche Grüße nach Stuttgart\nMaya Field",
        ],
      },
      {
        at: "2026-10-09T11:40:00+02:00",
        from: katrin,
        to: [maya],
        cc: [juergen],
        text: [
          "Liebe Frau Field,",
          "anbei das gezeichnete Exemplar. Schöne Grüße und ein gutes Wochenende!",
          "Katrin Vogel",
        ],
        files: [ndaGerman],
      },
    ],
  },
  {
    key: "memorandum",
    subject: "Project Falcon: Information Memorandum and process letter",
    letters: [
      {
        at: "2026-10-14T18:30:00+02:00",
        from: maya,
        to: [elodie],
        cc: [daniel],
        text: [
          "Dear Élodie,",
          "The process letter for phase one is attached. Your numbered copy of the Information Memorandum (07) is in the data room under 00; it is watermarked and can't be printed.",
          "Indicative offers are due on Friday 6 November, 17:00 CET. Please put questions to me, not to the company.",
          "Kind regards,\nMaya",
        ],
        files: [processLetter],
      },
      {
        at: "2026-10-22T10:11:00+02:00",
        from: elodie,
        to: [maya],
        text: [
          "Bonjour Maya,",
          "Merci pour le mémorandum, très clair. Avant de fixer un prix, nous avons besoin de deux précisions : la part du chiffre d'affaires récurrent facturée à l'avance, et la liste des clients français (sans les noms si nécessaire).",
          "À très bientôt,\nÉlodie",
        ],
      },
      {
        at: "2026-10-23T09:37:00+02:00",
        from: maya,
        to: [elodie],
        cc: [daniel],
        text: [
          "Bonjour Élodie,",
          "Around 62% of recurring revenue is invoiced a year ahead, most of it in January. There are eleven French customers with EUR 3.4 million of ARR; the largest is 22% of that. Names come in phase two.",
          "Bien à vous,\nMaya",
        ],
      },
    ],
  },
  {
    key: "teaser",
    subject: "Project Falcon: teaser",
    letters: [
      {
        at: "2026-10-29T15:20:00+01:00",
        from: ana,
        to: [daniel],
        cc: [maya],
        text: [
          "Daniel,",
          "We met at the Rotterdam software evening in May. We understand that you are selling an MES business in the Benelux. We own Orvanta (batch control, Zaragoza) and would look at this as a combination rather than a platform.",
          "Is there still a way in? I know that indicative offers are due next week.",
          "Best,\nAna Ruiz",
          ana.block,
        ],
      },
      {
        at: "2026-10-30T09:05:00+01:00",
        from: daniel,
        to: [ana],
        cc: [maya],
        text: [
          "Ana,",
          "Good to hear from you. You are late, but a combination case is interesting to the sellers and I will not turn you away. Maya runs the process day to day and will send you the teaser and the NDA.",
          "Expect no extension beyond a few days for the indicative offer.",
          "Daniel",
        ],
      },
      {
        at: "2026-10-30T14:33:00+01:00",
        from: maya,
        to: [ana],
        cc: [tom, daniel],
        text: [
          "Hi Ana,",
          "A pleasure. Falcon makes process-control and MES software for food, water and chemicals: EUR 41.8 million revenue forecast for 2026, EUR 26.3 million of it recurring, EUR 9.6 million adjusted EBITDA, gross retention of 94%. Owners are the founding family (71%) and a growth fund (29%). All shares are for sale.",
          "Shall we speak on Monday at 11:00? I will send the NDA after the call.",
          "Best,\nMaya",
        ],
      },
      {
        at: "2026-10-30T16:10:00+01:00",
        from: ana,
        to: [maya],
        cc: [tom],
        text: ["Monday at 11:00 works. Please call me on the Madrid office line.", "Ana"],
      },
    ],
  },
];
