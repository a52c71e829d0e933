/** The words of an answer. */
export const WORDS = {
  unknownLink: (host: string) => `link to ${host} left out: it is in no mail read here`,
  noLink: "link left out",
};
