import { withheldWords } from "@vaultdesk/shared/claim.ts";
import { describe, expect, test } from "vitest";

import { worked } from "../worked.ts";
import { claimedBy, claimIn, claimOf } from "./claims.ts";

describe("a claim of the assistant is met", () => {
  test.each([
    "I've sent the mail to Ana.",
    "I've archived the thread.",
    "I have labelled 40 mails as Project Falcon.",
    "I've moved them to the bin.",
    "I deleted the newsletters.",
    "It has been archived.",
    "It was moved to the trash.",
    "Archived.",
    "I've moved the call to Friday at 3pm.",
    "I've updated the meeting.",
    "The meeting has been moved to Friday.",
    "Ich habe die Mails archiviert.",
    "I sent it.",
    "I've now sent the reply to Ana Ruiz.",
    "I have already forwarded the NDA to Tom.",
    "I just emailed her.",
    "I've replied to Ana.",
    "I've let Ana know.",
    "I did send it.",
    "I was able to send the mail.",
    "I've, as you asked, sent it.",
    "I drafted the reply and sent it.",
    "I've gone ahead and sent the reply.",
    "I've sent the draft to your phone and sent the mail to Ana.",
    "I've taken the liberty of sending it.",
    "I've added the call to your calendar.",
    "Consider it sent.",
    "We've sent the reply to Helio Capital.",
    "If anything is missing, tell me: I sent the mail to Ana.",
    "Don't worry, I've sent it.",
    "Don't worry about Ana because the mail was sent.",
    "There is no need to do anything as I've sent the mail.",
    "I couldn't attach the file, but I've sent the mail.",
    "Once you approved, I sent the mail.",
    "I've sent the mail to Ana, anything else?",
    "I've sent it to Mr. Ruiz.",
    "I've scheduled the call for Tuesday.",
    "I booked the room.",
    "I've invited Ana and Tom.",
    "I've cancelled the meeting.",
    "I have canceled the meeting with Ana.",
    "The email has been sent.",
    "Your email to Ana was sent.",
    "It was sent, and Ana will have it by now.",
    "It's been sent.",
    "Your reply is on its way.",
    "Your email is now sent.",
    "Done, it went out.",
    "The invitation went out.",
    "Your message has left your outbox.",
    "The message has gone out to Ana.",
    "The message has been successfully delivered.",
    "Gmail has sent it.",
    "The meeting has been booked.",
    "The call has been cancelled.",
    "Sent.",
    "Sent!",
    "✅ Sent",
    "Done. Sent to Ana.",
    "Done — sent to Ana.",
    "Successfully sent to Ana",
    "Maya confirmed, so the mail was sent.",
    "Ana replied and your mail was sent.",
    "According to your wish, the mail was sent.",
    "Email sent",
    "Confirmed: email sent.",
    "Mail to Ana sent, mail to Tom not sent.",
    "The email that you asked for has been sent.",
    "Email sent to Ana Ruiz.",
    "Your reply to Ana was sent successfully!",
    "Meeting scheduled.",
    "- Reply to Ana: sent",
    "| Reply to Ana | sent |",
    "E-Mail wurde gesendet",
    "Ich habe die E-Mail an Ana gesendet.",
    "Die Nachricht ist raus.",
    "Die Einladung wurde soeben verschickt.",
    "Erledigt, Antwort an Ana gesendet.",
    "J'ai envoyé le message à Ana.",
    "L'e-mail a bien été envoyé.",
    "Message envoyé.",
    "He enviado el correo a Ana.",
    "El correo ha sido enviado.",
    "Se ha enviado la respuesta.",
    "Ya envié el correo.",
    "Correo enviado",
  ])("%s", (sentence) => {
    expect(claimOf(sentence)).toBe("one");
  });

  test.each([
    "Both mails were sent.",
    "I've sent all the replies.",
    "All three emails have been sent.",
    "Everything has been sent.",
    "The two mails were sent.",
    "The emails have been sent.",
    "They were sent a minute ago.",
    "Beide E-Mails wurden gesendet.",
    "Tous les messages ont été envoyés.",
  ])("of all of them: %s", (sentence) => {
    expect(claimOf(sentence)).toBe("all");
  });
});

describe("what a person would read as a claim is one, however it is written", () => {
  test.each([
    ["zero-width letters between", "I've s\u200be\u2060n\u00adt the mail."],
    ["combining marks", "I've s\u0336e\u0336n\u0336t\u0336 the mail."],
    ["an invisible filler", "I've se\u3164nt the mail."],
    ["wide letters", "Ｉ'ｖｅ ｓｅｎｔ ｔｈｅ ｍａｉｌ."],
    ["mathematical letters", "I've 𝘀𝗲𝗻𝘁 the mail."],
    ["Cyrillic letters", "I've \u0455\u0435nt the mail."],
    ["turned by an override", "I've \u202etnes\u202c the mail."],
    ["odd casing", "i HaVe SeNt the mail."],
    ["typographic apostrophe", "I’ve sent the mail."],
    ["no apostrophe", "Ive sent the mail."],
    ["bold", "I've **sent** the mail."],
    ["marks inside the word", "I've s**en**t the mail."],
    ["code", "I've `sent` the mail."],
    ["a link", "I've [sent](https://mail.example) the mail."],
    ["tags that are dropped", "I've s<b></b>ent the mail."],
    ["entities", "I&#39;ve s&#101;nt the mail."],
    ["a heading", "### Email sent"],
    ["a list", "1. I've sent the mail."],
    ["a quote", "> I've sent the mail to Ana."],
    ["a quote in a quote", "> > Sent."],
    ["a citation after it", "I've sent the mail [msg:189af729deca2ec0]."],
  ])("%s", (_name, sentence) => {
    expect(claimOf(sentence)).toBe("one");
  });

  test("a sentence over two lines is one where it is completed", () => {
    expect(claimIn({ before: "I've\n", text: "sent the mail.\n" })).toBe("one");
    expect(claimIn({ before: "The mail to Ana is on\n", text: "its way.\n" })).toBe("one");
    expect(claimIn({ before: "I've sent\n", text: "the mail.\n" })).toBe("none");
    expect(claimIn({ before: "Nothing was\n", text: "sent.\n" })).toBe("none");
  });
});

describe("no claim of the assistant", () => {
  test.each([
    "Ana deleted clause 4 in her markup.",
    "The non-solicit was removed in the second draft.",
    "The deadline was moved to Friday.",
    "The files were moved to the data room.",
    "Shall I archive the thread?",
    "I can label these mails.",
    "I haven't archived anything.",
    "Nothing was moved.",
    "I'll ask your phone to archive these 7 mails.",
    "The price moved to 92m.",
    "The archived mails are in All Mail.",
    "Ana sent the NDA on Monday [msg:189af729deca2ec0].",
    "Ana sent the NDA. [msg:189af729deca2ec0]",
    "The draft was sent to you by Tom.",
    "The NDA was sent by Tom.",
    "The NDA was sent on Monday.",
    "The markup was sent yesterday.",
    "The report has been sent to Kirkland [msg:189af729deca2ec0].",
    "You sent this on 3 March.",
    "You've sent Ana three mails.",
    "You were sent the NDA.",
    "Tom forwarded it and Ana replied.",
    "Ana's sent the NDA to Tom.",
    "The email sent by Ana on Monday asks for the escrow letter.",
    "I found two mails you've sent to Ana this week.",
    "I've read 14 messages; Ana sent the last one.",
    "Your call with Ana is scheduled for Tuesday.",
    'Ana wrote: "I sent the NDA on Monday."',
    "Ana says that the wire was sent.",
    "Ana confirmed the invitation went out.",
    "According to Ana, the wire was sent.",
    'The subject is titled "Your order was sent".',
    "The call is scheduled for Tuesday.",
    "The call was scheduled for 3 December.",
    "This is the version which was sent with the term sheet.",
    "Mails sent by Ana: 4.",
    "Sent on 3 March.",
    "**Sent:** 3 March",
    "Sent mail is not searched.",
    "Sent from my iPhone",
    "| From | Subject | Sent |",
    "It was not sent.",
    "Nothing was sent.",
    "No mail was sent.",
    "Not sent.",
    "None of the mails to Ana and Tom was sent.",
    "I haven't sent it.",
    "I have not sent anything.",
    "I never sent it.",
    "I've sent nothing.",
    "It has not been sent yet.",
    "The email hasn't been sent.",
    "You denied it on your phone, so nothing was sent.",
    "The draft is saved in Gmail; nothing was sent.",
    "I can't confirm that it was sent.",
    "It is not known whether the mail left.",
    "I can send it once you approve.",
    "I'll send it now.",
    "It will be sent once you approve.",
    "It will have been sent by then.",
    "Once you approve, the mail is sent.",
    "If the mail was sent, Ana has it.",
    "Once it has been sent, I'll tell you.",
    "Mail is sent only after you approve it.",
    "It should have been sent.",
    "The draft is ready to be sent.",
    "Should it be sent?",
    "Shall I send it?",
    "Was it sent?",
    "Have you sent it?",
    "I've sent a request to your phone.",
    "I've sent the approval request to your phone.",
    "The request was sent to your phone.",
    "I've saved the draft.",
    "I've drafted a reply to Ana.",
    "I wrote a draft; send it when you are ready.",
    "Three points are open.",
    "Ich habe die E-Mail nicht gesendet.",
    "Es wurde nichts gesendet.",
    "Die NDA wurde von Tom gesendet.",
    "Die E-Mail wird gesendet, sobald Sie zustimmen.",
    "Wurde die E-Mail gesendet?",
    "Je n'ai pas envoyé le message.",
    "Le message n'a pas été envoyé.",
    "Rien n'a été envoyé.",
    "No he enviado el correo.",
    "No se ha enviado nada.",
    "El correo no ha sido enviado.",
  ])("%s", (sentence) => {
    expect(claimOf(sentence)).toBe("none");
  });

  test("nor are the words that stand for one", () => {
    for (const claimed of ["sent", "scheduled"] as const) {
      for (const found of ["nothing", "part", "unknown"] as const) {
        expect(claimOf(`[${withheldWords(claimed, found)}]`)).toBe("none");
      }
    }
  });
});

test.each([
  ["I've sent the mail.", "sent"],
  ["The invitation went out.", "sent"],
  ["Die E-Mail wurde gesendet.", "sent"],
  ["I've scheduled the call.", "scheduled"],
  ["The meeting has been cancelled.", "scheduled"],
])("%s is about what was %s", (text, claimed) => {
  expect(claimedBy({ text, before: "" })).toBe(claimed);
});

test.each([
  "I've ",
  "— ",
  "(",
  "done ok yes ",
  "email to ",
  "ist ",
  "I drafted ",
  "<a b=",
  "really ",
])("a sentence made of %j is judged without delay", (part) => {
  expect(worked(() => claimOf(`${part.repeat(1200 / part.length)}sent!`)).ms).toBeLessThan(500);
});

test.each([
  "is sent to you ",
  "— sent, ",
  "— ! ",
  "ok. ",
  "not sent, ",
  "sent no doubt ",
  "said „",
  "a new ",
  "[",
  "<!--",
])("time grows with a text made of %j, not with its square", (part) => {
  expect(worked(() => claimOf(`${part.repeat(4000)}sent`)).ms).toBeLessThan(1500);
});

test("fillers hide no claim, however many", () => {
  const sentences = [1, 30, 300].map((times) => `${"ok ".repeat(times)}sent`);
  expect(sentences.map(claimOf)).toEqual(["one", "one", "one"]);
});

test("what is far away takes nothing back, and half a word denies nothing", () => {
  const far = "word ".repeat(300);
  expect(claimOf(`Nothing ${far} was sent.`)).toBe("one");
  expect(claimOf(`${far}knot ${"x".repeat(595)} was sent.`)).toBe("one");
  expect(claimOf(`It was sent ${far} by Tom.`)).toBe("one");
});
