import { expect, test } from "vitest";

import { promisesFile } from "./attached-words.ts";

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
