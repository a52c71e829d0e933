/**
 * How the assistant claims, in four languages, that something has left or that a calendar has changed. Tables only; text comes as
 * `asRead` gives it, without accents.
 */
export interface Form {
  /**
   * `own`: the assistant says that it did it. `thing`: it was done, and a report of other people's mail reads alike. `bare`: a headline.
   * `present`: it is done, which also says what happens later.
   */
  kind: "own" | "thing" | "bare" | "present";
  form: RegExp;
}

/** Participles, without accents: what makes a claim one about mail, and what makes it one about a calendar. */
const VERBS = {
  en: {
    mail: "(?:re-?)?sent|(?:e-?)?mailed|forwarded|replied|responded|delivered|dispatched|transmitted|invited",
    calendar: "(?:re)?scheduled|(?:re)?booked|cancell?ed",
  },
  de: {
    mail: "(?:ge|ver|abge|zuge|hinge|rausge)(?:sende?t|sandt|schickt)|weitergeleitet|(?:ge|be)antwortet|gemailt|zugestellt|eingeladen",
    calendar: "gebucht|abgesagt|storniert|terminiert|vereinbart",
  },
  fr: {
    mail: "(?:(?:ren)?envoye|transmis|transfere|expedie|repondu|livre|invite)e?s?",
    calendar: "(?:planifie|programme|reserve|annule)e?s?",
  },
  es: {
    mail: "(?:enviad|mandad|reenviad|remitid|respondid|contestad|entregad|invitad|convocad)[oa]s?",
    calendar: "(?:programad|agendad|reservad|cancelad)[oa]s?",
  },
} as const;
const either = ({ mail, calendar }: { mail: string; calendar: string }) =>
  `(?:${mail}|${calendar})`;

const DONE = either(VERBS.en);
const TOLD =
  "notified|informed|messaged|let [^,.;:]{1,40} know|written to|wrote to|shared|fired off|passed (?:it|this|that|them) on";
const SEND =
  "(?:(?:re-?)?send|(?:e-?)?mail|forward|reply|respond|deliver|dispatch|(?:re)?schedule|book|invite|cancel)";
const SENDING =
  "(?:sending|e-?mailing|forwarding|replying|scheduling|booking|inviting|cancell?ing)";
const ADVERBS =
  "(?:(?:now|just|already|also|then|since|both|all|even|indeed|in fact|today|hereby|gone ahead and|\\p{L}+ly)[ ,]+)*";
const ASIDE = "(?:\\s*,[^,.;:]{1,40},|\\s*\\([^()]{1,60}\\)|\\s*[–—][^–—.]{1,40}[–—])?";
const MADE =
  "(?:drafted|wrote|written|composed|prepared|updated|edited|saved|created|made|reviewed|checked|finished|finali[sz]ed|completed|added|attached|gone ahead|went ahead|asked|taken|took)";
const MAIL =
  "(?:e-?mails?|mails?|messages?|repl(?:y|ies)|responses?|answers?|invitations?|invites?|notes?|drafts?|follow-?ups?|reminders?|meetings?|calls?|events?|appointments?|it|everything)";
const FILLER =
  "(?:(?:(?:all )?done|ok(?:ay)?|sure|yes|great|perfect|certainly|of course|all set|good news|right|update|status|result|alright|absolutely|confirmed|success)\\b[^\\p{L}\\d]*)";
/** After more of them than this the claim itself is not looked for: half as many claim by themselves, below. */
const LEAD = `${FILLER}{0,40}`;
const START = `(?:^|[.!?]\\s)(?:(?![.!?]\\s)[^\\p{L}\\d])*${LEAD}`;
const TAIL = "(?=[^\\p{L}\\d]*$|\\s*[,;])";
const WHOM = "(?:(?!\\b(?:is|are|was|were|be|has|have|had|not|never|no)\\b)[^.,:;]){1,60}?";
const NOT_MINE =
  "(?!\\s*(?:by|from|in|at|last|between|since|before|after|this|during|with|without|on|when|if|once|every|daily|weekly|items?|folder|mails?|messages?|box|label|: ?(?:\\p{L}{3,9},? )?\\d)(?![\\p{L}]))";

const english: readonly [Form["kind"], string][] = [
  ["own", `\\b${FILLER}{20}`],
  ["own", `\\bi(?: ?'?ve| have| had|'d| did)?${ASIDE}\\s+${ADVERBS}(?:${DONE}|${TOLD})\\b`],
  ["own", `\\bwe(?:'?ve| have)${ASIDE}\\s+${ADVERBS}(?:${DONE}|${TOLD})\\b`],
  ["thing", `\\bwe\\s+${ADVERBS}${DONE}\\b`],
  [
    "own",
    `\\bi(?: ?'?ve| have)? ${ADVERBS}(?:added|put|placed|entered) [^.;:!?]{1,60} (?:on|to|in|into) (?:your|the|her|his|their) calendar\\b`,
  ],
  ["own", `\\bconsider (?:it|that|this|them) ${DONE}\\b`],
  ["own", `\\b(?:i|we) did (?:indeed )?${SEND}\\b`],
  ["own", `\\b(?:i|we)\\b[^.;:!?]{0,30}\\b(?:managed|able) to ${SEND}\\b`],
  [
    "own",
    `\\b(?:i|we)\\b[^.;:!?]{0,30}\\b(?:finished|completed|succeeded in|liberty of) ${SENDING}\\b`,
  ],
  [
    "own",
    `\\bi(?:'?ve| have)? ${ADVERBS}${MADE}\\b[^.;:!?]{0,80}?(?:\\band|\\bthen|,) ${ADVERBS}${DONE}\\b`,
  ],
  ["thing", `\\b(?:vaultdesk|gmail|the system|your assistant)(?: has)? ${ADVERBS}${DONE}\\b`],
  ["thing", `\\b(?:(?:has|have|had)|(?<=\\w)'(?:s|ve)) ${ADVERBS}been ${ADVERBS}${DONE}\\b`],
  ["thing", `^been ${ADVERBS}${DONE}\\b`],
  // "The call was scheduled for Tuesday" tells of a plan, not of a deed.
  ["thing", `\\b(?:was|were|got) ${ADVERBS}${DONE}\\b(?<!scheduled(?= (?:for|on|at|to|in)\\b))`],
  [
    "present",
    `(?:\\b(?:is|are)|(?<=\\w)'(?:s|re)) ${ADVERBS}(?:${VERBS.en.mail}|booked)\\b(?! (?:the|an?|it|them|him|her|me|us|you|this|that|your|his|their|our|my)\\b)`,
  ],
  ["thing", `\\b(?:went out|gone out|on (?:its|their) way|out the door)\\b`],
  ["thing", `(?:\\b${MAIL} (?:is|are|has|have)|\\bit's) ${ADVERBS}(?:out|gone)\\b(?! of\\b)`],
  [
    "thing",
    `\\b${MAIL}(?: to [^.,;:]{1,40}?)? (?:has |have )?${ADVERBS}(?:left|reached|went through|gone through)\\b`,
  ],
  ["bare", `${START}(?:have )?${ADVERBS}${DONE}\\b${NOT_MINE}`],
  [
    "bare",
    `(?:${START}|[:–—-] )(?:(?:your|all|both|\\d+|two|three) )*${MAIL}(?: (?:to|for|with) ${WHOM})? ${ADVERBS}${DONE}(?: (?:to|for) (?:[^\\s.,:;]+ ?){1,4}| \\p{L}+ly)?${TAIL}`,
  ],
  [
    "bare",
    `(?<!\\b(?:in|label|folder|box))[:|–—→-]\\s*${ADVERBS}${DONE}${TAIL}(?<!\\b(?:from|date|subject)\\s*[|:][^.]{0,600})`,
  ],
];

/** Moves of mail. Other things are deleted and moved as well, so the object must be mail, or the assistant the one who did it. */
const MOVED =
  "(?:(?:un)?archived|(?:re|un)?label+ed|tagged|trashed|binned|deleted|starred|unstarred|restored|filed|moved)";
const MAILS =
  "(?:e-?mails?|mails?|messages?|threads?|conversations?|newsletters?|notifications?|they|them|it|these|those|all|everything)";
const PLACE = "(?:bin|trash|archive|inbox|spam|label|folder)";
const RESCHEDULED =
  "(?:updated|changed|moved|rescheduled|postponed|pushed back|brought forward|extended|shortened|deleted|removed)";
const MEETINGS = "(?:meeting|call|event|appointment|invite|invitation|session)s?";

const moves: readonly [Form["kind"], string][] = [
  ["own", `\\bi(?: ?'?ve| have| had| did)?${ASIDE}\\s+${ADVERBS}${MOVED}\\b`],
  ["own", `\\bwe(?:'?ve| have)${ASIDE}\\s+${ADVERBS}${MOVED}\\b`],
  [
    "own",
    `\\bi(?: ?'?ve| have)?${ASIDE}\\s+${ADVERBS}${RESCHEDULED} [^.;:!?]{0,40}\\b${MEETINGS}\\b`,
  ],
  [
    "own",
    `\\bi(?: ?'?ve| have)?${ASIDE}\\s+${ADVERBS}(?:put|added|taken|took|removed) [^.;:!?]{0,60}\\b${PLACE}\\b`,
  ],
  [
    "thing",
    `\\b${MAILS} (?:is|are|was|were|(?:has|have) been|'?ve been) ${ADVERBS}(?:archived|label+ed|trashed|binned|deleted|moved to (?:the |your )?${PLACE})\\b`,
  ],
  [
    "thing",
    `\\b(?:the |your |this )?${MEETINGS} (?:was|were|(?:has|have) been) ${ADVERBS}(?:moved|updated|changed|postponed|pushed back|extended)\\b`,
  ],
  [
    "bare",
    `${START}${ADVERBS}(?:archived|label+ed|deleted|moved to (?:the |your )?${PLACE})${TAIL}`,
  ],
  [
    "own",
    "\\b(?:ich habe?|habe ich|wir haben|haben wir)\\b(?:(?!\\bnicht\\b)[^.;:!?]){0,60}?\\b(?:archiviert|geloscht|verschoben|gelabelt|markiert)\\b",
  ],
  [
    "own",
    "\\bj'ai (?:(?!\\bpas\\b)[^.;:!?]){0,40}?\\b(?:archive|supprime|deplace|etiquete)e?s?\\b",
  ],
  ["own", "(?<!\\bno )\\bhe (?:ya )?(?:archivado|borrado|eliminado|movido|etiquetado)\\b"],
];

const DE_DONE = either(VERBS.de);
const DE_GAP =
  "(?:(?!\\b(?:nicht|kein\\p{L}*|nichts|niemals|nie|weder|von (?!mir|uns|vaultdesk))\\b)[^.;:!?]){0,80}?";
const FR_DONE = either(VERBS.fr);
const FR_GAP = "(?:(?!\\b(?:pas|jamais|rien|aucun\\p{L}*|par)\\b)[^.;:!?]){0,60}?";
const ES_DONE = either(VERBS.es);
const NOUN =
  "(?:(?:die|der|das|ihre?|deine?|la|el|le|l'|les|tu|su|ton|votre|vos) ?)?(?:e-?mails?|mails?|nachricht|antwort|einladung|courriel|message|reponse|invitation|correo|mensaje|respuesta|invitacion|termin|besprechung|reunion|rendez-vous|reserva|cita)";

const FINISHED = "(?:(?:erledigt|fertig|listo|hecho|c'est fait|fait|voila|ok)[,.:! –—-]+)?";
const WELL = "(?:erfolgreich |ya |bien )?";
const ANY_DONE = `(?:${DE_DONE}|${FR_DONE}|${ES_DONE})`;

const others: readonly [Form["kind"], string][] = [
  ["own", `\\b(?:(?:ich|wir) habe?n?|habe ich|haben wir)\\b${DE_GAP}\\b${DE_DONE}\\b`],
  ["thing", `\\bwurden?\\b${DE_GAP}\\b${DE_DONE}\\b`],
  ["present", `\\b(?:ist|sind)\\b${DE_GAP}\\b${DE_DONE}\\b`],
  [
    "thing",
    `\\b(?:ist|sind) (?:jetzt |nun |schon |bereits )?(?:raus|unterwegs)\\b|\\bging(?:en)?\\b[^.;:]{0,40} raus\\b`,
  ],
  ["own", `(?:\\bj'ai|\\bnous avons) ${FR_GAP}\\b${FR_DONE}\\b`],
  [
    "thing",
    `\\b(?:a|ont) (?:bien |deja |maintenant )*ete (?:bien |deja |\\p{L}+ment )*${FR_DONE}\\b`,
  ],
  ["thing", `\\b(?:est|sont) (?:bien |deja |maintenant )*(?:partie?s?|${FR_DONE})\\b`],
  ["own", `(?<!\\bno |\\bno (?:te|le|les|lo|la|se) )\\b(?:he|hemos) (?:ya )?${ES_DONE}\\b`],
  ["thing", `(?<!\\bno (?:se )?)\\b(?:ha|han) (?:sido )?(?:ya )?${ES_DONE}\\b`],
  [
    "thing",
    `(?<!\\bno (?:ha )?)\\b(?:fue|fueron|ya esta|esta ya|esta|estan) (?:ya )?(?:${ES_DONE}|en camino)\\b`,
  ],
  ["thing", `(?<!\\bno )\\bse envi(?:o|aron)\\b`],
  [
    "own",
    `(?<!\\bno )(?<!\\bno (?:te|le|les|lo|la) )(?:\\bya |\\b(?:te|le|les|lo|la) |^)(?:envie|mande|reenvie|respondi|agende|cancele)\\b`,
  ],
  [
    "bare",
    `${START}${FINISHED}${NOUN}(?: (?:an|a) [^.,:;]{1,40}?)? ${WELL}${ANY_DONE}(?: (?:an|a) [^.,:;]{1,40})?${TAIL}`,
  ],
  // Alone, "programme", "reserve", "livre" and "invite" are other words.
  [
    "bare",
    `${START}${FINISHED}${WELL}(?!(?:programme|reserve|livre|invite)s?\\b)${ANY_DONE}(?: (?:an|a) [^.,:;]{1,40})?${TAIL}`,
  ],
];

export const FORMS: readonly Form[] = [...english, ...moves, ...others].map(([kind, form]) => ({
  kind,
  form: new RegExp(form, "giu"),
}));

/** Said in a sentence, these make the claim one about mail; without them it is one about a calendar. */
export const ABOUT_MAIL = new RegExp(
  `\\b(?:${Object.values(VERBS)
    .map((verbs) => verbs.mail)
    .join(
      "|",
    )}|${TOLD}|send(?:ing)?|e?mail(?:ing)?|out|way|left|reached|gone|raus|unterwegs|partie?s?|envi[eo]\\p{L}*|mande|reenvie|respondi)\\b`,
  "iu",
);

/** Said of a mailbox, these make the claim one about moved mail, unless a meeting is what was moved. */
export const ABOUT_FILING = new RegExp(
  `\\b(?:${MOVED}|${PLACE}|archiviert|geloscht|verschoben|gelabelt|markiert|archive|supprime|deplace|etiquete|archivado|borrado|eliminado|movido|etiquetado)e?s?\\b`,
  "iu",
);
export const ABOUT_MEETING = new RegExp(
  `\\b(?:${MEETINGS}|termin|reunion|rendez-vous|calendar)\\b`,
  "iu",
);
