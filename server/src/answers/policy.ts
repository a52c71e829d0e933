/** What regulation and disputes answer: the TVA settlement, the hydro auction, interconnection, federal legislation. */
import { type Question, read, readOne, search } from "./question.ts";

export const POLICY: readonly Question[] = [
  {
    ask: "Which draft of the TVA settlement agreement counts, and which paragraphs need a look?",
    calls: [search({ query: "TVA settlement agreement draft" }), readOne()],
    facts: ["2000-11-28T15:52:00", "DISREGARD THE EARLIER DRAFT", "paragraph 4", "218N01!.WPD"],
  },
  {
    ask: "When is the meeting with Craven Crowell, and who from Enron was written to?",
    calls: [search({ query: '"Craven Crowell"' }), readOne()],
    facts: ["September 15,2000", "kenneth.lay@enron.com", "david.delainey@enron.com"],
  },
  {
    ask: "Between which values lies TVA's replacement cost, by fuel?",
    calls: [search({ query: '"replacement cost" TVA' }), readOne()],
    facts: ["$15/Mwh (coal)", "$70/Mwh (oil-fired"],
  },
  {
    ask: "How large a shortfall did TVA name, and who said that for TVA?",
    calls: [search({ query: "TVA shortfall breach" }), readOne()],
    facts: ["$140 million shortfall", "David Smith"],
  },
  {
    ask: "Whose departure letter spoke of Enron scam transactions?",
    calls: [search({ subject: "TVA letter" }), read()],
    facts: ["Steve Whitley", "Ben F Jacoby"],
  },
  {
    ask: "How much capacity does PG&E auction, at which book value, in how many packages?",
    calls: [search({ query: "hydro-electric facilities net book value" }), readOne()],
    facts: ["nearly 4,000 MW", "$1.3 billion", "25 possible bid packages"],
  },
  {
    ask: "What three proposals did Mike Harris make for the hydro auction, and when?",
    calls: [search({ subject: "hydro auction" }), read()],
    facts: ["1999-10-05T10:29:00", "evaluation criteria", "tax ramifications", "third parties"],
  },
  {
    ask: "When are protests against PG&E's auction due?",
    calls: [
      search({ query: "protests auction", after: "1999-11-01", before: "1999-12-01" }),
      readOne(/PEA/),
    ],
    facts: ["1999-11-02", "Tomorrow protests are due"],
  },
  {
    ask: "Who valued the hydro assets, with which depreciation, and in which files?",
    calls: [search({ query: "hydro valuation MRW" }), readOne()],
    facts: ["MRW", "20-year, rather than 40-year", "Hydro Valuation v.8.doc", "Appendices.xls"],
  },
  {
    ask: "To how many people did Mike Harris of RCG send Kern River's position?",
    calls: [search({ query: "Kern River Gas OIR" }), read()],
    facts: [/"to":"[^"]*and 205 more"/],
  },
  {
    ask: "How long may CSUF take to answer PG&E's Detailed Study?",
    calls: [search({ subject: "PG&E Detailed Study" }), readOne()],
    facts: ["60 days to respond", "Jan. 12, 2000"],
  },
  {
    ask: "What does each day of delay cost at San Francisco State?",
    calls: [search({ query: '"Liquidated Damages" SFSU' }), readOne()],
    facts: ["$850 per day"],
  },
  {
    ask: "When is the CEQA draft study for CSU Fresno complete, and when does it reach the team?",
    calls: [search({ query: "CEQA draft study EIP" }), readOne()],
    facts: ["February 11th, 2000", "February 14th"],
  },
  {
    ask: "How many mails did Cynthia Sandherr write in 2000?",
    calls: [
      search({ from: "cynthia.sandherr", after: "2000-01-01", before: "2001-01-01", max: 1 }),
    ],
    facts: ['"found":30'],
  },
  {
    ask: "How many of Cynthia Sandherr's mails did Joe Hillings get?",
    calls: [search({ from: "cynthia.sandherr", to: "joe.hillings", max: 1 })],
    facts: ['"found":21'],
  },
  {
    ask: "How many mails did John Shelk write in July 2001, and when the first?",
    calls: [
      search({
        from: "john.shelk",
        after: "2001-07-01",
        before: "2001-08-01",
        oldest_first: true,
        max: 1,
      }),
    ],
    facts: ['"found":5', "2001-07-06T16:05:00"],
  },
  {
    ask: "How did the Barton subcommittee vote on Waxman's price caps, and on the bill?",
    calls: [search({ subject: "Barton Subcommittee" }), readOne()],
    facts: ["defeated 12-20", "17-13 party line vote"],
  },
  {
    ask: "By which vote did the House pass the energy package in August 2001?",
    calls: [search({ query: "Recap House energy package", after: "2001-08-01" }), readOne()],
    facts: ["240-189", "154 to 274"],
  },
  {
    ask: "Who holds up Senator Gorton's reliability bill?",
    calls: [search({ query: '"S. 2071" hold' }), readOne()],
    facts: ["Phil Gramm placed a hold", "week of July 10th"],
  },
  {
    ask: "Which version of the memo on HR2944 is to be ignored, and who sent the one that counts?",
    calls: [search({ subject: "Memo Re HR2944" }), readOne()],
    facts: ["December 15th", "allison.navin@enron.com", "1999-12-17"],
  },
  {
    ask: "Whom will David Sokol call in August, and who else would meet?",
    calls: [search({ query: "Sokol" }), readOne()],
    facts: ["Ken Lay", "John Rowe", "Earl Nye"],
  },
  {
    ask: "With whom does Steve Kean have breakfast on 2 May 2001, when and where?",
    calls: [search({ query: "itinerary Steve Kean May 2" }), readOne()],
    facts: ["8:45 AM", "Pat Wood", "Hay-Adams"],
  },
  {
    ask: "Which of the points in the transmission straw man are non-starters?",
    calls: [search({ query: "straw man transmission" }), readOne()],
    facts: ['"H" and "K" are non-starters', "C (3)"],
  },
  {
    ask: "Who chairs Appropriations in the new House?",
    calls: [search({ query: "House Committee assignments 107th" }), readOne()],
    facts: ["C.W. Bill Young"],
  },
  {
    ask: "When was DOE's draft electricity bill to reach the White House?",
    calls: [search({ subject: "Administration Energy Plan" }), readOne()],
    facts: ["Friday, June 15"],
  },
  {
    ask: "Was there a copy of the status of the discussions on electricity legislation?",
    calls: [search({ subject: "Status of Discussions on Electricity Legislation" })],
    facts: ['"found":2', "2001-07-06T16:05:00", "2001-07-07T02:05:00"],
  },
  {
    ask: "Did anybody write about a purchase of Dynegy by Enron in this mailbox?",
    calls: [search({ query: "purchase of Dynegy" }), search({ query: "acquire Dynegy" })],
    facts: [/"found":0.*"found":0/],
  },
];
