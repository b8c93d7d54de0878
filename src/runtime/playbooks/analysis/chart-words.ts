import { chartFigures, type ChartFigures } from "./chart-figures.ts";

// How a question says which chart, which rules and which points the limits come from.

export type ChartWords = ChartFigures & {
  chart?: string;
  rules?: "nelson" | "western_electric";
  phase_one?: number;
  ewma_limits?: "steady";
};

const charts: [RegExp, string][] = [
  [/\bewma\b|지수\s?가중|이더블유엠에이/i, "ewma"],
  [/\bcu-?sum\b|누적\s?합|쿠섬|큐섬/i, "cusum"],
  [/\bi-?mr\b|\bx-?mr\b|\bindividuals?\b.{0,20}\bchart|moving range|개별\s?값|이동\s?범위/i, "i_mr"],
  [/x-?bar(?:[\s-]*(?:and|&|,))?[\s-]*s\b|x̄-?s\b|엑스\s?바\s?-?\s?에스/i, "xbar_s"],
  [/x-?bar(?:[\s-]*(?:and|&|,))?[\s-]*r?\b|x̄-?r?\b|엑스\s?바/i, "xbar_r"],
  [/\bnp[\s-]*(?:chart|관리도)|불량\s?개수\s?관리도/i, "np"],
  [/(?<![\w-])p[\s-]*(?:chart|관리도)|불량률\s?관리도/i, "p"],
  [/(?<![\w-])c[\s-]*(?:chart|관리도)|결점수\s?관리도/i, "c"],
  [/(?<![\w-])u[\s-]*(?:chart|관리도)|단위당\s?결점/i, "u"],
];

/** Arguments of check_control_limits that the words give; nothing where they don't. */
export function chartWords(question: string): ChartWords {
  const chart = charts.find(([pattern]) => pattern.test(question))?.[1];
  const first =
    /\b(?:first|initial) (\d{1,3}) (?:sub-?groups?|points?|samples?|values?|lots?|batches|observations?)|(?:처음|앞|첫)\s?(\d{1,3})\s?(?:개|점|부분군|시료|포인트|로트)/i.exec(
      question,
    );
  const phase = Number(first?.[1] ?? first?.[2] ?? Number.NaN);
  return {
    ...(chart === undefined ? {} : { chart }),
    ...(/western\s?electric|웨스턴\s?일렉/i.test(question)
      ? { rules: "western_electric" as const }
      : /\bnelson\b|넬슨/i.test(question)
        ? { rules: "nelson" as const }
        : {}),
    ...(phase >= 2 ? { phase_one: phase } : {}),
    ...(chart === "ewma" && /\bsteady\b|\basymptotic/i.test(question) ? { ewma_limits: "steady" as const } : {}),
    ...chartFigures(question, chart),
  };
}
