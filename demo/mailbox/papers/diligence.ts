import type { Paper } from "../paper.ts";

export const requestList: Paper = {
  filename: "Falcon - Diligence request list - 16 Nov 2026.pdf",
  title: "Diligence request list",
  subtitle: "Project Falcon. Brandt Automation AG and Alster Legal, version 2, 16 November 2026",
  date: "2026-11-16",
  author: "Alster Legal",
  blocks: [
    {
      text: [
        "Priority A is needed before the management presentation, B before a binding offer. Numbers stay the same in every version.",
      ],
    },
    { heading: "Commercial" },
    {
      head: ["No.", "Request", "Prio", "Status"],
      widths: [0.08, 0.6, 0.1, 0.22],
      rows: [
        [
          "1",
          "Contracts with the ten largest customers, with amendments and order forms",
          "A",
          "Received 12 Nov",
        ],
        ["2", "ARR bridge 2023 to October 2026 by customer and product", "A", "Received 13 Nov"],
        ["3", "Change-of-control clauses: a list of customers that can end on a sale", "A", "Open"],
        ["4", "Churned customers since 2023, with reasons", "B", "Received 13 Nov"],
        ["5", "Pipeline report with probability, as shown to the board in October", "B", "Open"],
      ],
    },
    { heading: "Technology" },
    {
      head: ["No.", "Request", "Prio", "Status"],
      widths: [0.08, 0.6, 0.1, 0.22],
      rows: [
        [
          "6",
          "Open-source scan of Kestrel MES and Kestrel Flow, with licence findings",
          "A",
          "Open",
        ],
        ["7", "Source code escrow agreements with customers", "A", "Open"],
        ["8", "Penetration test report 2026 and the list of measures", "B", "Received 16 Nov"],
        [
          "9",
          "Invention assignments of contractors, above all the Gdansk team",
          "A",
          "Partly received",
        ],
      ],
    },
    { heading: "Finance and tax" },
    {
      head: ["No.", "Request", "Prio", "Status"],
      widths: [0.08, 0.6, 0.1, 0.22],
      rows: [
        ["10", "Monthly net working capital, January 2024 to October 2026", "A", "Received 13 Nov"],
        ["11", "Policy for capitalised development cost and the amounts by project", "A", "Open"],
        ["12", "Deferred revenue by contract at 31 October 2026", "A", "Received 16 Nov"],
        ["13", "Transfer pricing file, Netherlands and Poland", "B", "Open"],
      ],
    },
    { heading: "Legal and people" },
    {
      head: ["No.", "Request", "Prio", "Status"],
      widths: [0.08, 0.6, 0.1, 0.22],
      rows: [
        ["14", "Litigation, threatened or pending, above EUR 100,000", "B", "Nil return 12 Nov"],
        ["15", "Pension scheme: funding letter and the last actuarial report", "A", "Open"],
        ["16", "Employment contracts of the management team", "B", "Received 12 Nov"],
        ["17", "Data processing agreements and the record of breaches since 2023", "B", "Open"],
      ],
    },
    {
      text: [
        "Open at this date: 3, 5, 6, 7, 11, 13, 15 and 17. Number 9 lacks four contractors of the Gdansk team.",
      ],
    },
  ],
};

export const workingCapital: Paper = {
  filename: "Falcon - Net working capital schedule.pdf",
  title: "Net working capital schedule",
  subtitle:
    "Kestrel Controls, month ends, EUR thousand. Unaudited, prepared by P. van Rijn, 12 November 2026",
  date: "2026-11-12",
  author: "Kestrel Controls",
  blocks: [
    {
      head: [
        "Month end",
        "Receivables",
        "Other",
        "Payables",
        "NWC before deferred revenue",
        "Deferred revenue",
        "NWC after",
      ],
      widths: [0.15, 0.16, 0.1, 0.13, 0.18, 0.15, 0.13],
      rows: [
        ["Nov 2025", "7,420", "910", "(3,980)", "4,350", "(1,120)", "3,230"],
        ["Jan 2026", "8,960", "870", "(4,310)", "5,520", "(3,640)", "1,880"],
        ["Mar 2026", "8,110", "930", "(4,020)", "5,020", "(2,410)", "2,610"],
        ["May 2026", "7,640", "890", "(3,870)", "4,660", "(1,260)", "3,400"],
        ["Jul 2026", "7,300", "940", "(3,910)", "4,330", "(690)", "3,640"],
        ["Sep 2026", "7,880", "900", "(4,050)", "4,730", "(880)", "3,850"],
        ["Oct 2026", "7,690", "920", "(3,960)", "4,650", "(910)", "3,740"],
        ["Average 12 months", "7,860", "905", "(4,015)", "4,750", "(1,650)", "3,100"],
      ],
    },
    {
      text: [
        "The average after deferred revenue over the twelve months to October 2026 is EUR 3.1 million. January is low every year because annual maintenance is invoiced then. A peg set on the last six months alone would be EUR 3.7 million and would not see January.",
      ],
    },
  ],
};
