// Unit: one word of the question with its index terms. Other words for the same thing are its alternatives: a passage
// that has all terms of one alternative counts as if it had the word, at a discount.

export type Alternative = {
  terms: string[];
  /** In the script of the asked word. */
  sameScript: boolean;
};
export type QueryUnit = { word: string; terms: string[]; identifiers: string[]; alternatives: Alternative[] };
