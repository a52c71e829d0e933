import type { Thread } from "../letter.ts";
import { requestList } from "../papers/diligence.ts";
import {
  dataRoom,
  elodie,
  grace,
  henning,
  ingrid,
  katrin,
  maya,
  pieter,
  priya,
} from "../people.ts";

/** Request list, data room, and a chain that was forwarded. */
export const diligence: readonly Thread[] = [
  {
    key: "requests",
    subject: "Project Falcon: diligence request list",
    letters: [
      {
        at: "2026-11-11T11:15:00+01:00",
        from: henning,
        to: [maya],
        cc: [katrin, priya],
        text: [
          "Dear Maya,",
          "Our first request list has 17 numbers. For the management presentation we need these first:",
          "1. Contracts with the ten largest customers.\n2. ARR bridge by customer and product.\n3. A list of customers with a change-of-control right.\n6. Open-source scan of both products.\n7. Source code escrow agreements.\n9. Invention assignments of contractors.\n10. Monthly net working capital.\n11. Capitalised development cost by project.\n12. Deferred revenue by contract.\n15. Pension scheme: funding letter and last actuarial report.",
          "Regards,\nHenning Kröger",
        ],
      },
      {
        at: "2026-11-12T20:09:00+01:00",
        from: priya,
        to: [henning],
        cc: [maya, katrin],
        text: [
          "Dear Henning,",
          "Numbers 1, 14 (nil return) and 16 are in the data room since this evening. 2, 4 and 10 follow tomorrow. On 3 and 7 Carrow is reading the contracts, that takes until next week.",
          "Kind regards,\nPriya",
          priya.block,
        ],
        quotes: true,
      },
      {
        at: "2026-11-16T12:52:00+01:00",
        from: henning,
        to: [maya, priya],
        cc: [katrin],
        text: [
          "Dear both,",
          "Thank you, version 2 of the list is attached. Received: 1, 2, 4, 8, 10, 12, 14 and 16. Open: 3, 5, 6, 7, 11, 13, 15 and 17. Number 9 is in part: four contractors of the Gdansk team are missing.",
          "Numbers 3, 6 and 15 are gating for us. When can we expect them?",
          "Regards,\nHenning",
        ],
        files: [requestList],
      },
      {
        at: "2026-11-20T11:02:00+01:00",
        from: katrin,
        to: [maya],
        cc: [henning],
        text: [
          "Dear Maya,",
          "Numbers 3, 6 and 15 are still open on our side, and the presentation is next week. Could you send us at least the change-of-control list before Tuesday, and tell us the date for the pension report?",
          "Mit freundlichen Grüßen\nKatrin",
        ],
        labels: ["UNREAD"],
      },
    ],
  },
  {
    key: "requests-inside",
    subject: "Falcon: status of the request list",
    letters: [
      {
        at: "2026-11-17T16:30:00+01:00",
        from: pieter,
        to: [priya],
        cc: [maya, ingrid],
        text: [
          "Priya,",
          "6: the scan runs tonight, I expect findings in two libraries (LGPL) and nothing worse. 11: ready, uploaded. 15: the actuary promises the report for Monday 23 November. 9: two of four signed, the other two are travelling.",
          "5, the pipeline: Ingrid wants to show this in person and not upload it.",
          "Pieter",
        ],
      },
    ],
  },
  {
    key: "harbour",
    subject: "Harbour: 5 users wait for your approval (HDR-20417)",
    letters: [
      {
        at: "2026-11-16T09:00:00+01:00",
        from: dataRoom,
        to: [maya],
        text: [
          "Falcon (HDR-20417): five users of Lumen Industrie SA wait for your approval.",
          "Groups: Financial, Commercial. Not in any group: 2 users.",
          "This is an automatic message. Sign in to Harbour to approve or refuse.",
        ],
        headers: { "Auto-Submitted": "auto-generated" },
      },
    ],
  },
  {
    key: "data-room",
    subject: "Falcon: accès à la data room",
    prefix: "RE: ",
    letters: [
      {
        at: "2026-11-17T14:21:00+01:00",
        from: elodie,
        to: [maya],
        text: [
          "Bonjour Maya,",
          "Deux de nos collègues de l'équipe technique n'ont toujours pas accès au dossier 06 (code source et licences). Pourriez-vous les ajouter aujourd'hui ? Ce sont François Lefèvre et Anaïs Bœuf.",
          "Notre comité d'investissement se réunit le 2 décembre ; sans ce dossier, nous ne pourrons pas confirmer la fourchette de 104 à 110 millions d'euros.",
          "Cordialement,\nÉlodie",
        ],
      },
      {
        at: "2026-11-17T15:04:00+01:00",
        from: maya,
        to: [elodie],
        cc: [priya],
        text: [
          "Bonjour Élodie,",
          "François and Anaïs have read access to 06.1 and 06.2 now. 06.3 (source code) stays closed to all parties until binding offers, as the process letter says.",
          "Bien à vous,\nMaya",
        ],
      },
    ],
  },
  {
    key: "code-escrow",
    subject: "Source code escrow with Danish customers",
    prefix: "Fwd: ",
    letters: [
      {
        at: "2026-11-18T10:40:00+01:00",
        from: grace,
        to: [maya],
        subject: "Fwd: Source code escrow with Danish customers",
        text: [
          "Maya, see below, this is request 7. Two customers may take the code out of escrow on a change of control. I would tell Henning before he finds it. Shall I draft a note?",
          "Grace",
          "---------- Forwarded message ---------\nFrom: Pieter van Rijn <pieter.vanrijn@kestrel-controls.example>\nDate: Wed, 18 Nov 2026 at 09:12\nSubject: Source code escrow with Danish customers\nTo: Grace Lambert <grace.lambert@carrow.example>\nCc: Ingrid Solheim <ingrid.solheim@kestrel-controls.example>",
          "Grace, I asked our Danish office. Vandværk Øst and Nordmejeri have escrow agreements from 2019. Both name a change of control as a release event. The other nine name insolvency only.",
          "Pieter",
          "---------- Forwarded message ---------\nFrom: Søren Kjær <soren.kjaer@kestrel-controls.example>\nDate: Tue, 17 Nov 2026 at 17:55\nSubject: Source code escrow with Danish customers\nTo: Pieter van Rijn <pieter.vanrijn@kestrel-controls.example>",
          "Hej Pieter, I found the two agreements in the old archive, both signed in March 2019, clause 8.2. Nordmejeri renewed last year without changing it. Mvh Søren",
        ],
        labels: ["IMPORTANT"],
      },
      {
        at: "2026-11-18T13:15:00+01:00",
        from: maya,
        to: [grace],
        subject: "Re: Source code escrow with Danish customers",
        text: [
          "Yes please. Tell him both names and what we do about it: ask the two customers for a waiver after signing, as a covenant and not as a condition.",
          "Maya",
        ],
      },
    ],
  },
];
