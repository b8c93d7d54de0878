import type { Language } from "../../core/context.ts";
import { formatTime } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import { chartNotes } from "./chart-notes.ts";
import type { ChartOutput, Each, PlotOutput } from "./chart-output.ts";
import { capabilityText, madeOf } from "./limits-text.ts";
import { namePoints } from "./name-points.ts";
import { plotTitles, precisely, ruleName } from "./words.ts";

type Options = { language: Language; timeZone: string; unit: string | null; leftOut: number; cut: string | null };

/** The verdict in the first line; then limits and how they were made, which points break which rule, capability, doubts. */
export function chartText(output: ChartOutput, subject: string, options: Options): string {
  const { language, timeZone, unit } = options;
  const figure = precisely(output, unit);
  const own = precisely(output, unit, output.spread);
  const [first, last] = [output.points[0]?.at, output.points.at(-1)?.at];
  const span = first && last ? `${formatTime(first, timeZone)} ~ ${formatTime(last, timeZone)}` : "";
  return lines(
    headline(output, subject, language),
    span !== "" && say(language, `기간 ${span}`, `from ${span}`),
    limitsLine(output, output.chart === "cusum" ? null : figure, language),
    output.spread && `${plotTitles[output.spread.name]}: ${limitsLine(output.spread, own, language)}`,
    madeOf(output, language),
    output.leftOut.points.length > 0 &&
      `${say(language, "제외한 점", "left out")}: ${named(output.leftOut.points, figure)} — ${output.leftOut.reason ?? say(language, "이유는 적히지 않음", "no reason given")}`,
    ...output.violations.map(({ rule, points }) => `${ruleName(rule, language)}: ${named(points, figure)}`),
    output.spread &&
      output.spread.beyondLimits.length > 0 &&
      `${plotTitles[output.spread.name]} ${say(language, "관리한계 밖", "beyond its limits")}: ${named(
        output.spread.beyondLimits.map((point) => ({ point, value: output.points[point - 1]?.spread ?? null })),
        own,
      )}`,
    capabilityText(output, figure, language),
    ...chartNotes(output, { language, leftOut: options.leftOut }),
    options.cut,
  );

  function named(points: { point: number; value: number | null }[], inFigures: typeof figure): string {
    const all = points.map(({ point, value }) => {
      const { name = String(point), at = null } = output.points[point - 1] ?? {};
      return { point, name, time: at === null ? null : formatTime(at, timeZone), value };
    });
    return namePoints(all, inFigures, language);
  }
}

function headline(output: ChartOutput, subject: string, language: Language): string {
  const { chart, total, violations, spread } = output;
  const sizes = sizeText(output.sizes);
  const many = {
    subgroup: () => say(language, `부분군 ${total}개(n=${sizes})`, `${total} subgroups of ${sizes}`),
    value: () => say(language, `값 ${total}개`, `${total} values`),
    sample: () => say(language, `시료 ${total}개(크기 ${sizes})`, `${total} samples of ${sizes}`),
  }[pointKind(output)]();
  const broken = violations.map(
    ({ rule, label, points }) =>
      `${ruleName(rule, language)} (${label}) ${say(language, `${points.length}곳`, `at ${points.length} ${points.length === 1 ? "point" : "points"}`)}`,
  );
  const beyond = spread?.beyondLimits.length ?? 0;
  if (beyond > 0)
    broken.push(say(language, `산포 관리한계 밖 ${beyond}곳`, `${beyond} beyond the limits of the spread chart`));
  const verdict = output.inControl
    ? say(language, "관리 상태", "in control")
    : say(language, "관리 상태 아님", "not in control");
  const kind = say(language, `${plotTitles[chart]} 관리도`, `${plotTitles[chart]} chart`);
  return `${subject}: ${verdict} — ${kind}, ${many}${broken.length > 0 ? `, ${broken.join("; ")}` : ""}`;
}

export function pointKind({ chart, sizes }: ChartOutput): "subgroup" | "value" | "sample" {
  if (chart === "p" || chart === "np" || chart === "c" || chart === "u") return "sample";
  return sizes === 1 ? "value" : "subgroup";
}

function sizeText(sizes: Each): string {
  return typeof sizes === "number" ? String(sizes) : `${Math.min(...sizes)}~${Math.max(...sizes)}`;
}

/** "UCL …, CL …, LCL …"; where they differ from point to point, from the least to the most. */
function limitsLine(
  { lcl, center, ucl }: Pick<PlotOutput, "lcl" | "center" | "ucl">,
  figure: ((value: number) => string) | null,
  language: Language,
): string {
  if (!figure)
    return say(
      language,
      `결정구간 h = ±${String(ucl)} 표준오차`,
      `decision interval h = ±${String(ucl)} standard errors`,
    );
  const text = (value: Each): string =>
    typeof value === "number" ? figure(value) : `${figure(Math.min(...value))} ~ ${figure(Math.max(...value))}`;
  const vary = [lcl, center, ucl].some((one) => typeof one !== "number");
  const why = vary ? say(language, " (점마다 다름)", " (they differ from point to point)") : "";
  return `UCL ${text(ucl)}, CL ${text(center)}, LCL ${text(lcl)}${why}`;
}
