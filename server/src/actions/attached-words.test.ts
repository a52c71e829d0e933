import { expect, test } from "vitest";

import { notAttached, promisesFile } from "./attached-words.ts";

test.each([
  "Please find attached the signed NDA.",
  "I've attached the NDA.",
  "The NDA is attached to this email.",
  "Attached is the markup.",
  "Please find enclosed our comments.",
  "I am attaching the model.",
  "See the attachment.",
  "Anbei die Unterlagen.",
  "Den Vertrag finden Sie im Anhang.",
  "Veuillez trouver ci-joint le contrat.",
  "Adjunto el contrato.",
  "In allegato il contratto.",
  "Segue em anexo o contrato.",
])("%j promises a file", (body) => {
  expect(promisesFile(body)).toBe(true);
});

test.each([
  "Tuesday works.",
  "Nothing is attached yet.",
  "The NDA is not attached.",
  "Thank you for the draft that you attached.",
  "We are attached to the timetable.",
  "OK.\n> Please find attached the NDA.",
])("%j promises none", (body) => {
  expect(promisesFile(body)).toBe(false);
});

test.each([
  ["See the attached NDA v3.docx.", ["NDA v2.docx"], ["NDA v3.docx"]],
  ["See the attached NDA v3.docx.", ["NDA v3.docx"], []],
  ["Please find attached nda_v3.DOCX and the SPA.pdf.", ["NDA v3.docx"], ["SPA.pdf"]],
  ["I attach Falcon NDA v3.docx", ["Project Falcon NDA v3.docx"], []],
  ["I have read your NDA v2.docx; attached is ours.", [], ["NDA v2.docx"]],
  ["I have read your NDA v2.docx.", [], []],
  ["The NDA v3.docx is not attached.", [], []],
  ["> attached NDA v3.docx", [], []],
  ['I enclose "Falcon NDA v3.docx".', ["NDA v2.docx"], ["Falcon NDA v3.docx"]],
])("%j with %j: %j is missing", (body, attached, missing) => {
  expect(notAttached(body, attached)).toEqual(missing);
});
