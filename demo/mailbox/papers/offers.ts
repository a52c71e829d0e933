import type { Paper } from "../paper.ts";

export const processLetter: Paper = {
  filename: "Project Falcon - Process letter.pdf",
  title: "Process letter, phase one",
  subtitle: "Northgate Partners to selected parties, 14 October 2026. Strictly confidential",
  date: "2026-10-14",
  author: "Northgate Partners",
  blocks: [
    {
      text: [
        "The shareholders of Falcon consider a sale of all shares. You are invited to submit a non-binding indicative offer by Friday 6 November 2026, 17:00 CET, by e-mail to Maya Field.",
      ],
    },
    { heading: "Your offer should state" },
    {
      number: "a)",
      text: [
        "the enterprise value in euro on a cash-free and debt-free basis, at a normal level of working capital;",
      ],
    },
    { number: "b)", text: ["the sources of finance and the approvals that you need, with dates;"] },
    {
      number: "c)",
      text: ["your plans for management, the Rotterdam site and the Kestrel product name;"],
    },
    {
      number: "d)",
      text: ["a short list of the diligence that you still need before a binding offer."],
    },
    { heading: "Timetable" },
    {
      head: ["Date", "Step"],
      widths: [0.3, 0.7],
      rows: [
        ["6 November 2026", "Indicative offers"],
        ["16 November 2026", "Data room opens for selected parties"],
        ["24 to 26 November 2026", "Management presentations, Rotterdam"],
        ["11 December 2026", "Binding offers with a marked share purchase agreement"],
        ["18 December 2026", "Target for signing"],
      ],
    },
    {
      text: [
        "Northgate and the shareholders may change this timetable, may negotiate with one or several parties, and are not bound to accept any offer. No exclusivity is granted in phase one.",
      ],
    },
  ],
};

export const letterOfIntent: Paper = {
  filename: "Brandt Automation - Letter of Intent - Project Falcon.pdf",
  title: "Letter of intent",
  subtitle:
    "Brandt Automation AG to the shareholders of Falcon, c/o Northgate Partners. Stuttgart, 9 November 2026",
  date: "2026-11-09",
  author: "Brandt Automation AG",
  blocks: [
    { heading: "1. Price" },
    {
      number: "1.1",
      text: [
        "We offer an enterprise value of EUR 118,000,000 (one hundred and eighteen million euro) for all shares in Falcon, on a cash-free and debt-free basis. This is 12.3 times the adjusted EBITDA of EUR 9.6 million forecast for 2026.",
      ],
    },
    {
      number: "1.2",
      text: [
        "The price assumes normalised net working capital of EUR 3.9 million, deferred revenue included, and no change in contracts of the ten largest customers.",
      ],
    },
    {
      number: "1.3",
      text: [
        "EUR 106 million is paid at closing. EUR 12 million is paid after twelve months if annual recurring revenue reaches EUR 29 million.",
      ],
    },
    { heading: "2. Finance and approvals" },
    {
      number: "2.1",
      text: [
        "The price is paid from cash and our existing credit line. There is no financing condition. The supervisory board meets on 8 December 2026.",
      ],
    },
    {
      number: "2.2",
      text: [
        "We expect one merger control filing, in Germany, with clearance within one month of filing.",
      ],
    },
    { heading: "3. Exclusivity" },
    {
      number: "3.1",
      text: [
        "We ask for exclusivity of 45 days from your countersignature, extended by 15 days if both sides then negotiate in good faith.",
      ],
    },
    { heading: "4. Main terms of the share purchase agreement" },
    {
      head: ["Term", "Proposal"],
      widths: [0.34, 0.66],
      rows: [
        ["Escrow", "10% of the price (EUR 11.8 million) for 24 months"],
        ["Cap, business warranties", "25% of the price"],
        ["Cap, title and tax", "100% of the price"],
        ["De minimis / basket", "EUR 50,000 / EUR 500,000, tipping"],
        ["Non-compete of the sellers", "36 months, European Union, Norway and Switzerland"],
        ["Key people", "Ingrid Solheim and Pieter van Rijn stay for at least 24 months"],
      ],
    },
    { heading: "5. Diligence" },
    {
      number: "5.1",
      text: [
        "Confirmatory diligence takes five weeks from full data room access. A request list follows. Priorities: customer contracts, source code and open-source licences, pensions, capitalised development cost.",
      ],
    },
    { heading: "6. Nature of this letter" },
    {
      number: "6.1",
      text: [
        "Sections 3 and 6 bind; all other sections do not. This letter lapses on 27 November 2026 if it is not countersigned. It is governed by German law.",
      ],
    },
    { text: ["Jürgen Weiß, Finanzvorstand          Katrin Vogel, Corporate Development"] },
  ],
};
