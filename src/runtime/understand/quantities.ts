// A quantity that is asked for by name stands in the text by its unit: "농도" is answered by "0.2 %", "gap" by "3 mm".

const length = /\d\s?(?:mm|cm|m|µm|μm)\b|밀리|미터/i;
const interval =
  /\d[\d,.]*\s?(?:h\b|hours?|days?|weeks?|months?|years?|시간|일|주|개월|년)|매(?:일|주|월|년)|\b(?:daily|weekly|monthly|yearly)\b/i;
const quantities: [RegExp, RegExp][] = [
  [/^(?:농도|concentration)$/i, /\d\s?(?:%|ppm|프로)/i],
  [/^(?:온도|temperature|warm|hot)$/i, /\d\s?(?:°\s?C|℃|도)/i],
  [/^(?:토크|torque)$/i, /\d\s?(?:N\s?[·.⋅]?\s?m|kgf)/i],
  [/^(?:압력|pressure)$/i, /\d\s?(?:bar|MPa|kPa|kgf|psi)/i],
  [
    /^(?:길이|높이|간격|간극|틈|폭|깊이|거리|처짐|흔들림|length|height|gap|width|depth|distance|clearance|run-?out|far)$/i,
    length,
  ],
  [/^(?:주기|interval|often)$/i, interval],
  [/^(?:무게|중량|weight|mass)$/i, /\d\s?(?:kg|g|t)\b/i],
  [/^(?:용량|양|주입량|amount|capacity|volume)$/i, /\d\s?(?:L|ml|리터|g|kg)\b/i],
  [/^(?:전압|voltage)$/i, /\d\s?V\b/],
  [/^(?:전류|current)$/i, /\d\s?A\b/],
  [/^(?:힘|장력|force|tension)$/i, /\d\s?(?:N|kN|Hz)\b/],
  [/^(?:소음|noise)$/i, /\d\s?dB/i],
];

/** Whether the word names a quantity of which the text gives a value. */
export function givesQuantity(word: string, text: string): boolean {
  return quantities.some(([name, value]) => name.test(word) && value.test(text));
}
