// Words by which a question names an edition of a document: "Rev B", "revision 2.1", "개정 C", "B판", "구판".

const named = [
  /\b(?:rev(?:ision)?|edition)\b\.?\s*[:#]?\s*([a-z]|\d{1,3}(?:\.\d{1,3})*)(?![a-z\d])/iu,
  /(?:개정판?|리비전|레비전|레브)\s*[:#]?\s*([a-z]|\d{1,3}(?:\.\d{1,3})*)(?![a-z\d.])/iu,
  /(?<![\p{L}\d.])([a-z]|\d{1,3}(?:\.\d{1,3})*)\s?(?:개정판|개정|리비전|판)(?=$|[\s,.?!에의은는을이])/iu,
];
const older =
  /\b(?:old(?:er)?|previous|earlier|former|superseded|outdated|obsolete)\s+(?:revisions?|editions?|versions?|manuals?)\b|구판|구버전|(?:이전|옛|예전|지난|전)\s?(?:개정판?|판본?|버전|리비전|매뉴얼|설명서)/iu;

/** The edition that a question names, in lower case; "*" where it asks for older ones; null where it names none. */
export function askedEdition(question: string): string | null {
  for (const pattern of named) {
    const name = pattern.exec(question)?.[1];
    if (name !== undefined) return name.toLowerCase();
  }
  return older.test(question) ? "*" : null;
}
