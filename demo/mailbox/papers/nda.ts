import type { Paper } from "../paper.ts";

/** What Northgate sends to every bidder. */
export const ndaForm: Paper = {
  filename: "Project Falcon - NDA - Northgate form.pdf",
  title: "Confidentiality undertaking",
  subtitle: "Project Falcon. Northgate form of 2 November 2026, for Helio Capital",
  date: "2026-11-02",
  author: "Northgate Partners",
  blocks: [
    {
      text: [
        "To: Northgate Partners, acting for the shareholders of the company code-named Falcon (the Company). In consideration of Confidential Information being made available to us, we undertake as follows.",
      ],
    },
    { heading: "Purpose and use" },
    {
      number: "1.",
      text: [
        "We will use Confidential Information only to evaluate and negotiate an acquisition of all shares in the Company (the Purpose).",
      ],
    },
    {
      number: "2.",
      text: [
        "We will disclose Confidential Information only to our directors, employees and professional advisers who need it for the Purpose. Financing sources and co-investors need Northgate's prior written consent.",
      ],
    },
    { heading: "No contact, no approach" },
    {
      number: "3.",
      text: [
        "We will not contact any customer, supplier, employee or lender of the Company about the Purpose. All contact goes through Northgate.",
      ],
    },
    {
      number: "4.",
      text: [
        "For 24 months from the date of this undertaking we will not solicit or hire any person employed by the Company in a senior, engineering or sales position.",
      ],
    },
    { heading: "Process" },
    {
      number: "5.",
      text: [
        "The shareholders may change or end the process at any time and deal with any other party. Nothing in this undertaking gives us exclusivity.",
      ],
    },
    {
      number: "6.",
      text: [
        "On request we will return or destroy Confidential Information within ten business days and confirm that we have done so.",
      ],
    },
    { heading: "Term and law" },
    {
      number: "7.",
      text: [
        "This undertaking ends 24 months after its date. It is governed by the law of the Netherlands; the courts of Rotterdam have exclusive jurisdiction.",
      ],
    },
    { text: ["Signed for Helio Capital: ______________________    Date: ______________"] },
  ],
};

/** Helio's second markup: struck and added words as counsel would show them. */
export const ndaMarkup: Paper = {
  filename: "Project Falcon - NDA - Helio markup v2.pdf",
  title: "Confidentiality undertaking",
  subtitle:
    "Project Falcon. Helio Capital / Pellham & Stowe comments v2, 18 November 2026, against the Northgate form of 2 November",
  date: "2026-11-18",
  author: "Pellham & Stowe LLP",
  blocks: [
    {
      text: [
        "Underlined text is added, struck text is deleted. Points marked [open] are for discussion between the principals; everything else we regard as agreed with Carrow.",
      ],
    },
    { heading: "Purpose and use" },
    {
      number: "2.",
      text: [
        "We will disclose Confidential Information only to our directors, employees and professional advisers who need it for the Purpose",
        {
          added:
            ", and to Caldera Bank and Nordhaven Credit as debt financing sources, each of which signs a joinder",
        },
        ". ",
        { struck: "Financing sources and co-investors need" },
        { added: "Other financing sources and all co-investors need" },
        " Northgate's prior written consent.",
      ],
    },
    {
      number: "2A.",
      text: [
        {
          added:
            "A portfolio company of Helio Capital is not bound by this undertaking merely because a director of it is also an employee of ours, provided that it has not received Confidential Information.",
        },
      ],
    },
    { heading: "No contact, no approach" },
    {
      number: "4.",
      text: [
        "For ",
        { struck: "24" },
        { added: "12" },
        " months from the date of this undertaking we will not solicit ",
        { struck: "or hire " },
        "any person employed by the Company in a senior, engineering or sales position",
        { added: ", save through a general advertisement that is not aimed at such persons" },
        ". [open: Northgate proposes 18 months]",
      ],
    },
    { heading: "Process" },
    {
      number: "5.",
      text: [
        "The shareholders may change or end the process at any time and deal with any other party. ",
        { struck: "Nothing in this undertaking gives us exclusivity." },
        {
          added:
            "If the shareholders sign a letter of intent with us, they will not negotiate with any other party for 30 days from its date.",
        },
        " [open: exclusivity]",
      ],
    },
    {
      number: "6.",
      text: [
        "On request we will return or destroy Confidential Information within ten business days and confirm that we have done so",
        {
          added:
            ". Copies in routine electronic back-ups may stay until they are overwritten and remain confidential",
        },
        ".",
      ],
    },
    { heading: "Term and law" },
    {
      number: "7.",
      text: [
        "This undertaking ends ",
        { struck: "24" },
        { added: "18" },
        " months after its date. It is governed by the law of the Netherlands; the courts of Rotterdam have exclusive jurisdiction.",
      ],
    },
  ],
};

export const ndaGerman: Paper = {
  filename: "Vertraulichkeitsvereinbarung Falcon - gezeichnet.pdf",
  title: "Vertraulichkeitsvereinbarung",
  subtitle: "Projekt Falcon. Brandt Automation AG, 9. Oktober 2026",
  date: "2026-10-09",
  author: "Brandt Automation AG",
  blocks: [
    {
      number: "1.",
      text: [
        "Die Brandt Automation AG nutzt vertrauliche Informationen ausschließlich zur Prüfung eines Erwerbs sämtlicher Anteile an der Gesellschaft.",
      ],
    },
    {
      number: "2.",
      text: [
        "Eine Weitergabe ist nur an Organmitglieder, Mitarbeiter und zur Verschwiegenheit verpflichtete Berater zulässig, soweit dies für die Prüfung erforderlich ist.",
      ],
    },
    {
      number: "3.",
      text: [
        "Das Abwerbeverbot gilt für 18 Monate ab Unterzeichnung. Allgemeine Stellenanzeigen sind ausgenommen.",
      ],
    },
    { number: "4.", text: ["Die Vereinbarung begründet keine Exklusivität."] },
    { text: ["Stuttgart, den 9. Oktober 2026. Gez. Jürgen Weiß, Katrin Vogel"] },
  ],
};
