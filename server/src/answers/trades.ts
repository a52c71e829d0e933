/** What the trading mail (`germany-c__new_power`) answers: volumes and prices, each soon replaced by the next. */
import { type Question, read, readOne, search } from "./question.ts";

export const TRADES: readonly Question[] = [
  {
    ask: "How many mails did Jeffrey Porter write?",
    calls: [search({ from: "jeffrey.porter@enron.com", max: 1 })],
    facts: ['"found":27'],
  },
  {
    ask: "At what price and volume did Jeff Porter buy from Dick J for December?",
    calls: [
      search({ query: '"TCO Pool" Dick', after: "2000-12-01", before: "2000-12-31" }),
      readOne(/Purchase from ENA/),
    ],
    facts: ["15,000/d", "$6.895", "12/31"],
  },
  {
    ask: "Through which day runs the gas bought for 11/10, in the end?",
    calls: [search({ subject: "Gas for 11/10" }), read()],
    facts: ["MONDAY 11/13, not 11/14", "2000-11-09T09:13:00"],
  },
  {
    ask: "How high is the Bear Creek tax bill, and what share should CES pay at least?",
    calls: [search({ query: '"Bear Creek" tax' }), readOne()],
    facts: ["$5,606.78", "7/12ths", "Raquel Magana"],
  },
  {
    ask: "What is the safe harbor date for ending CES's agencies, and which date is in the contract?",
    calls: [search({ query: '"safe harbor"' }), readOne()],
    facts: ["Feb.1", "Jan 31"],
  },
  {
    ask: "Who is the last employee of CES, and until when can he be reached?",
    calls: [search({ query: "last CES employee", from: "jeffrey.porter" }), readOne()],
    facts: ["Friedeman", "419/878-4760", "3/31/01"],
  },
  {
    ask: "What is nominated at Toledo for 6 January?",
    calls: [search({ subject: "Downstream Contracts at Toledo" }), readOne()],
    facts: ["17,686 at Toledo for 1/6"],
  },
  {
    ask: "Which of the September volume mails is the last, and what came before it?",
    calls: [
      search({ from: "dave.scott", query: "FOM", after: "2000-08-01", before: "2000-09-15" }),
    ],
    facts: [
      /"found":5.*2000-08-30T10:44:00.*2000-08-30T10:42:00.*2000-08-29T10:27:00.*2000-08-29T07:16:00.*2000-08-23T17:47:00/,
      "1st Revised September FOM volumes",
      "Hopefully this is the final version",
    ],
  },
  {
    ask: "What did the final edition of November's volumes change?",
    calls: [search({ subject: "November FOM" }), readOne(/Final Edition/)],
    facts: ["CMD 8-32", "decreased by 3,000 mmbtu"],
  },
  {
    ask: "Which deal was to be zeroed out, and against which sale was it pathed?",
    calls: [search({ query: '"zero out"' }), readOne()],
    facts: ["516286", "521475", "victor.lamadrid@enron.com"],
  },
  {
    ask: "How full was the TCO storage on 11 January 2001, and what follows at 30%?",
    calls: [search({ subject: "TCO Storage Balance" }), read()],
    facts: ["42% level", "80% of the 108,648dth"],
  },
  {
    ask: "What demand charge has contract 68917?",
    calls: [search({ query: "68917" }), readOne()],
    facts: ["68917-$5.1807"],
  },
  {
    ask: "What was the MSQ of Sonat CSS at the end of October 2000, and what happened to Tennessee?",
    calls: [search({ subject: "Atlanta Storages" }), read()],
    facts: ["832,737", "Capacity went to zero"],
  },
  {
    ask: "How much comes from EES at A06 for January in total?",
    calls: [search({ subject: "Latest estimate" }), read()],
    facts: ["2,374/d"],
  },
  {
    ask: "What was the injection for August by Columbia's own numbers, against Chris's?",
    calls: [search({ subject: "Sep 1st. TCO" }), readOne()],
    facts: ["Aug should be 1,089,109", "1,089,123"],
  },
  {
    ask: "Which mails did Jeff Porter write in December 2000, five at a time?",
    calls: [0, 5].map((skip) =>
      search({
        from: "jeffrey.porter",
        after: "2000-12-01",
        before: "2001-01-01",
        max: 5,
        skip,
      }),
    ),
    facts: [
      /Latest estimate.*Supplies for CPA-Jan01.*Re: 22nd.*Jan 01 FOM.*CES and CEM.*Purchase from ENA/,
      "ask again with skip 5",
    ],
  },
];
