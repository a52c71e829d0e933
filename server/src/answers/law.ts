/** What one lawyer's mailbox (`dickson-s`) answers: contracts that are drafted, revised and signed. */
import { latest, type Question, read, readOne, search, within } from "./question.ts";

export const LAW: readonly Question[] = [
  {
    ask: "Which court district did we ask NUI to put into the arbitration clause, in place of which?",
    calls: [search({ query: "arbitration", to: "pchymiy@nui.com" }), read(/Arbitration/)],
    facts: ["Southern District of Texas", "District of Columbia"],
  },
  {
    ask: "How many credit issues did NUI's lawyer raise, when does the Credit Agreement end, and which rating did they want?",
    calls: [search({ subject: "NUI Credit Issues" }), read()],
    facts: ["5 credit issues", "12/21/01", "BBB instead of BBB-"],
  },
  {
    ask: "Is the NUI deal documented as a loan, and who agreed on that?",
    calls: [search({ query: "NUI loan documentation" }), read(/Deal Documentation/)],
    facts: ["deferred payment", "Jeff Hodge", "Travis McCullough"],
  },
  {
    ask: "Who was told not to pay B & J until further word, and when?",
    calls: [search({ query: '"B & J" payments release' }), read(/wade/)],
    facts: ["wade.price@enron.com", "2001-04-19", "do not release any payments"],
  },
  {
    ask: "Who is the attorney of B & J Gas and Oil?",
    calls: [search({ query: '"B & J" attorney', to: "brad.mckay@enron.com" }), read()],
    facts: [/Evans? King/],
  },
  {
    ask: "Which mail has the Spot GTC with credit that counts?",
    calls: [search({ subject: "New GTC Versions" }), read()],
    facts: ["2001-06-06T12:03:00", "typo in the Spot version with credit", "corrected version"],
  },
  {
    ask: "Which of the Allegheny amendments is the newest, and what is different in it?",
    calls: [search({ subject: "Allegheny Amend" }), read()],
    facts: ['"found":4', "2001-06-07T16:33:00", "straight quotes"],
  },
  {
    ask: "When and where are the GISB drafting meetings?",
    calls: [search({ query: "GISB drafting meetings" }), readOne(/GISB Meetings/)],
    facts: ["May 21st", "May 23", "Galleria"],
  },
  {
    ask: "When can Stacy not take part in the drafting committee?",
    calls: [search({ query: "drafting committee volunteer" }), read()],
    facts: ["May 29th through June 1st", "gisb1@aol.com"],
  },
  {
    ask: "How could Gregg reach Stacy in the last week of May 2001?",
    calls: [search({ to: "gregg.penman@enron.com", query: "contact next week" }), read()],
    facts: ["(713) 269-4114", "(870) 247-1352"],
  },
  {
    ask: "What liquidated damages did we want to offer Allegheny, and what else did we insist on?",
    calls: [search({ query: "Allegheny liquidated damages" }), readOne(/Term sheet/)],
    facts: ["10 cents", "we need arbitration"],
  },
  {
    ask: "Which fees stayed in the Coral synthetic storage drafts, and what was taken out?",
    calls: [search({ query: "Coral synthetic storage" }), read()],
    facts: ["$0.20 and $0.25", "secondary delivery point"],
  },
  {
    ask: "Which MaxDQ did Coral want in the first Transaction Agreement?",
    calls: [search({ query: "MaxDQ" }), readOne()],
    facts: ["MaxDQ should be 20,346"],
  },
  {
    ask: "Which percentage does Coral's fuel charge have?",
    calls: [search({ query: '"fuel charge" Coral' }), readOne()],
    facts: ["1.7%"],
  },
  {
    ask: "How much of a raise did Jeff Hodge get approved for Stacy?",
    calls: [search({ query: "raise", subject: "GISB" }), readOne()],
    facts: ["5%", "Human Resources"],
  },
  {
    ask: "From when is the GISB with Morgan Stanley Capital Group, and how did ENA get it?",
    calls: [search({ query: '"Morgan Stanley Capital Group"' }), readOne()],
    facts: ["July 1, 1998", "assignment from Columbia Energy Marketing"],
  },
  {
    ask: "Who got the draft GISB for Potlatch, and who was copied?",
    calls: [search({ query: "Potlatch" }), readOne()],
    facts: ["dpalmer@kctera.net", "sylvia.pollan@enron.com", "debra.perlingiere@enron.com"],
  },
  {
    ask: "How many mails went to Gregg Penman, copies included?",
    calls: [search({ to: "gregg.penman@enron.com", max: 1 })],
    facts: ['"found":76'],
  },
  {
    ask: "How many mails went to Mark Breese in April 2001?",
    calls: [
      search({ to: "mark.breese@enron.com", after: "2001-04-01", before: "2001-05-01", max: 1 }),
    ],
    facts: ['"found":20'],
  },
  {
    ask: "When was the first mail to Hess, and what was it about?",
    calls: [search({ to: "tporter@hess.com", oldest_first: true, max: 1 })],
    facts: ['"found":6', "2001-03-15T10:48:00", "Credit Language"],
  },
  {
    ask: "What is the oldest mail that Stacy sent, to whom, and how many are there?",
    calls: [search({ from: "stacy.dickson@enron.com", oldest_first: true, max: 1 })],
    facts: ['"found":378', "2001-02-16T18:24:00", "jeffrey.hodge@enron.com"],
  },
  {
    ask: "Who was copied when Stacy approved the secondary firm product?",
    calls: [search({ subject: "Product type approval needed", to: "chris.walker" }), readOne()],
    facts: ["mark.taylor@enron.com", "I am fine with this product", "2001-06-05"],
  },
  {
    ask: "The agreement for Randy at PowerSource went out twice. Which address was wrong, which was right?",
    calls: [search({ query: "rosteen" })],
    facts: [
      /rosteen@powersrch\.com".{0,300}2001-06-06T13:10/,
      /rosteen@powersrc\.com".{0,300}2001-06-06T13:52/,
    ],
  },
  {
    ask: "When is the Demand Charge due in Constellation's agreement, if the ANR information is late?",
    calls: [search({ query: "Constellation Demand Charge due date" }), readOne()],
    facts: ["twenty fifth (25th) day"],
  },
  {
    ask: "Who left Enron for Entergy?",
    calls: [search({ query: "left Enron Entergy", from: "stacy.dickson" }), readOne()],
    facts: ["Monica Jordan Richards"],
  },
  {
    ask: "Which amendment for IDACORP can be signed, and to whom do signed copies go?",
    calls: [search({ to: "mcatherine@idahopower.com", query: "executable" }), readOne()],
    facts: ["2001-05-16T10:15:00", "executable version", "1400 Smith Street"],
  },
  {
    ask: "Which agent does the letter for Jefferson-Cocke County Utility District appoint?",
    calls: [search({ query: '"Jefferson-Cocke"' }), readOne()],
    facts: ["Enline Solutions"],
  },
  {
    ask: "Where do the enovate forms lie until they are in Attorney's Forms?",
    calls: [search({ subject: "enovate Forms" }), read()],
    facts: ["sdickso/enovate", "Pat Radford"],
  },
  {
    ask: "In which order did the drafts go to NUI, and which version of the Master Firm Agreement is final: the execution version of 11 April?",
    calls: [search({ to: "nui.com", max: 25 }), readOne(/NUI Agreements/)],
    facts: [
      '"found":20',
      /NUI Agreements.*Most Recent Version.*execution version.*Latest Version of the Transaction/,
      "2001-04-16T15:00:00",
      "final version of the Master Firm Agreement",
    ],
  },
  {
    ask: "To which misspelt addresses did drafts for Paul Chymiy go?",
    calls: [search({ query: "{to:pchimiy to:pcyhmiy}" })],
    facts: ['"found":4', "pchimiy@nui.com", "pcyhmiy@nui.com"],
  },
  {
    ask: "How many mails did Stacy write to Paul Chymiy, to Tanya Rohauer and to Rudwell Johnson?",
    calls: ["pchymiy@nui.com", "tanya.rohauer@enron.com", "rudwell.johnson@enron.com"].map((to) =>
      search({ from: "stacy.dickson", to, max: 1 }),
    ),
    facts: [/"found":14.*"found":12.*"found":20/],
  },
  {
    ask: "Which mails of the thread on the Transaction Agreements went to Mike Palmer, and which is the last?",
    calls: [
      search({ subject: "Transaction Agreements", after: "2001-04-01" }),
      within(/Transaction/, { to: "mdpalmer@coral-energy.com" }),
      readOne(),
    ],
    facts: ['"found":4', "2001-04-30T10:36:00", "2001-05-08T16:04:00", "have them signed"],
  },
  {
    ask: "What is the newest mail in the inbox, how many lie there, and how many were sent?",
    calls: [latest({ max: 1 }), latest({ label: "sent", max: 1 })],
    facts: [/"found":198.*2001-11-14.*"found":378.*2001-06-11T17:06:00/],
  },
];
