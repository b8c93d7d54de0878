// Cyrillic and Greek letters that look like Latin ones: a code written with them is never found by who types it.

const alike = "АВЕКМНОРСТХасеорхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const mixed = new RegExp(
  `[A-Za-z\\d_-]*(?:[A-Za-z][${alike}]|[${alike}][A-Za-z]|[${alike}]{1,4}-?\\d{2})[A-Za-z\\d_${alike}-]{0,30}`,
  "gu",
);

/** A notice naming some such words; nothing for a text that is Cyrillic or Greek as a whole. */
export function lookAlikeNotices(text: string): string[] {
  if (!new RegExp(`[${alike}]`, "u").test(text)) return [];
  const foreign = text.match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu)?.length ?? 0;
  if (foreign > 200 || foreign * 4 > text.length) return [];
  const words = [...new Set(text.match(mixed))];
  if (words.length === 0) return [];
  const some = words
    .slice(0, 3)
    .map((word) => `"${word}"`)
    .join(", ");
  return [
    `${words.length} word${words.length === 1 ? " holds" : "s hold"} foreign letters that look like Latin ones (${some}): typed normally, such a code is not found.`,
  ];
}
