// Figures of a text in one spelling: "1,200.0" is "1200", "-5" also "5", ids such as "CNC-07" give their number too.

const figure = /\d+(?:,\d{3})*(?:\.\d+)?/g;
const unit =
  /^\s?(?:°|℃|도(?![가-힣])|%|퍼센트|bar|mbar|[kM]?Pa|mm|cm|µm|um|m\/s|m\b|kg|g\b|Nm|kN|N\b|rpm|[kM]?W\b|[kM]?V\b|m?A\b|Hz|l\b|ml\b|s\b|sec|min|hours?|h\b|days?|weeks?|months?|years?|times|pieces|turns?|초|분|시간|일(?![가-힣])|주(?![가-힣])|개|건|회|번|대(?![가-힣])|바(?![가-힣])|톤|리터|바퀴)/i;

const spoken: Record<string, number> = {
  ...{ two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fifteen: 15 },
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, hundred: 100 },
  ...{ 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10, 스무: 20, 삼십: 30, 이십: 20, 십: 10 },
};
const spokenFigure = new RegExp(`(?<![a-z가-힣])(${Object.keys(spoken).join("|")})[ -]?(?=\\S)`, "gi");

function plain(digits: string): string {
  const value = digits.replaceAll(",", "");
  return value.includes(".") ? value.replace(/0+$/, "").replace(/\.$/, "") : value.replace(/^0+(?=\d)/, "");
}

export type Figure = {
  value: string;
  /** A unit stands behind it: it is a quantity, not a name or a year. */
  measured: boolean;
};

export function readFigures(text: string): Figure[] {
  const source = text.normalize("NFKC");
  const out: Figure[] = [];
  for (const match of source.matchAll(figure)) {
    const measured = unit.test(source.slice(match.index + match[0].length));
    const negative = /(?:^|[\s(:=])[-−]$/.test(source.slice(0, match.index));
    out.push({ value: `${negative ? "-" : ""}${plain(match[0])}`, measured });
  }
  // Spelled out it is a figure where a unit follows: "twenty minutes".
  for (const match of source.matchAll(spokenFigure))
    if (unit.test(source.slice(match.index + match[0].length)))
      out.push({ value: String(spoken[(match[1] ?? "").toLowerCase()]), measured: true });
  return out;
}

/** What a text may be quoted for; a negative number also without its sign. */
export function figuresOf(text: string): Set<string> {
  return new Set(readFigures(text).flatMap(({ value }) => [value, value.replace("-", "")]));
}
