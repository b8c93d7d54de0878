// Figures that a question gives for a chart: limits of the specification, known values, settings of EWMA and CUSUM.

export type ChartFigures = Partial<
  Record<"lsl" | "usl" | "target" | "center" | "sigma" | "L" | "lambda" | "k" | "h" | "head_start", number>
>;

const figure = String.raw`((?<![\d.])[-−]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+))`;
const unit = String.raw`\s?(?:[A-Za-zµμ°%℃]{1,4}\s?)?`;
const is = String.raw`\s*(?:=|:|≤|≥|<=|>=|\bof\b|\bis\b|\bat\b|\bto\b|[은는이가을를로])?\s*`;
const specification = String.raw`(?:\bspec(?:ification)?s?\b|\btoleranced?\b|\bLSL\s?(?:\/|and|,)\s?USL\b|규격|공차|스펙|사양)`;

const after = (words: string): RegExp => new RegExp(`(?:${words})${is}${figure}`, "i");
const upper = after(
  String.raw`\bUSL\b|\bupper spec\w*(?: limits?)?|\b(?:upper|max\w*) tolerance|(?:규격|스펙|공차)\s?(?:의\s?)?상한(?:값|치)?|(?<!관리\s?)상한(?!\s?관리)(?:\s?규격)?(?:값|치)?`,
);
const lower = after(
  String.raw`\bLSL\b|\blower spec\w*(?: limits?)?|\b(?:lower|min\w*) tolerance|(?:규격|스펙|공차)\s?(?:의\s?)?하한(?:값|치)?|(?<!관리\s?)하한(?!\s?관리)(?:\s?규격)?(?:값|치)?`,
);
const range = new RegExp(
  String.raw`${specification}[^\d.\-−]{0,24}${figure}${unit}(?:~|∼|〜|–|-|\.\.\.?|…|\bto\b|\band\b|,|\/|에서|부터)\s*${figure}`,
  "i",
);
const around = new RegExp(
  String.raw`${figure}${unit}(?:±|\+\s?\/\s?[-−]|\+-)\s*${figure}(?!\s*(?:σ|sigma|시그마))`,
  "i",
);
const width = new RegExp(
  String.raw`${figure}[\s-]?(?:sigma|σ|시그마)\s?(?:control |관리\s?)?(?:limits?|한계|width|폭)`,
  "i",
);

const known: [keyof ChartFigures, RegExp][] = [
  ["target", after(String.raw`\btarget(?: value)?|목표(?:값|치)?|타[깃겟](?:값)?`)],
  [
    "center",
    after(String.raw`\bcent(?:er|re)(?:[\s-]?line)?(?: value)?\b|\bknown mean\b|중심(?:선|값)?|알려진\s?평균`),
  ],
  ["sigma", after(String.raw`\bsigma\b|σ|시그마|\bstandard deviation\b|\bstd\.?(?: ?dev\.?)?|표준\s?편차`)],
  ["lambda", after("lambda|λ|람다")],
  ["k", after(String.raw`(?<![\w-])k\b`)],
  ["h", after(String.raw`(?<![\w-])h\b|\bdecision interval\b`)],
  ["head_start", after(String.raw`\bhead[\s-]?start\b|헤드\s?스타트`)],
];

/** Arguments of check_control_limits that are figures; nothing where none is given. `chart`: the one that is asked for. */
export function chartFigures(question: string, chart: string | undefined): ChartFigures {
  const given: ChartFigures = {};
  for (const [name, pattern] of known) {
    if ((name === "k" || name === "h") && chart !== "cusum") continue;
    const value = numberOf(pattern.exec(question)?.[1]);
    if (value !== null) given[name] = value;
  }
  if (given.sigma !== undefined && given.sigma <= 0) delete given.sigma;
  if (given.lambda !== undefined && (given.lambda <= 0 || given.lambda > 1)) delete given.lambda;
  const wide = numberOf((/(?<![\w-])L\s?[=:]\s?(\d+(?:\.\d+)?)/.exec(question) ?? width.exec(question))?.[1]);
  if (wide !== null && wide > 0) given.L = wide;
  return { ...given, ...specificationOf(question) };
}

/** Limits by their names, as a range ("spec 73.95 to 74.05") or around a nominal value ("74 ± 0.05"). */
function specificationOf(question: string): Pick<ChartFigures, "lsl" | "usl"> {
  const usl = numberOf(upper.exec(question)?.[1]);
  const lsl = numberOf(lower.exec(question)?.[1]);
  if (usl !== null || lsl !== null) return { ...(lsl === null ? {} : { lsl }), ...(usl === null ? {} : { usl }) };
  const nominal = around.exec(question);
  const [middle, half] = [numberOf(nominal?.[1]), numberOf(nominal?.[2])];
  if (middle !== null && half !== null) return { lsl: rounded(middle - half), usl: rounded(middle + half) };
  const span = range.exec(question);
  const [one, other] = [numberOf(span?.[1]), numberOf(span?.[2])];
  return one === null || other === null ? {} : { lsl: Math.min(one, other), usl: Math.max(one, other) };
}

/** 74 - 0.05 is 73.95, whatever binary fractions make of it. */
const rounded = (value: number): number => Number(value.toPrecision(12));

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text.replace("−", "-").replaceAll(",", ""));
  return Number.isFinite(value) ? value : null;
}
