import type { Language } from "../../core/context.ts";
import { formatTime } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import type { InspectionChart } from "./chart-inspections.ts";

/** The verdict in the first line; then limits, the newest violations, capability and what to mind. */
export function chartText(
  result: InspectionChart,
  subject: string,
  unit: string | null,
  options: { language: Language; timeZone: string; cut: string | null },
): string {
  const { language } = options;
  const { chart, violations, points } = result;
  const figure = precisely(chart.sigmaWithin, unit);
  const kind = chart.kind === "xbar_r" ? "X̄-R" : "I-MR";
  const size =
    chart.kind === "xbar_r"
      ? say(
          language,
          `부분군 ${points.length}개(n=${chart.subgroupSize})`,
          `${points.length} subgroups of ${chart.subgroupSize}`,
        )
      : say(language, `값 ${points.length}개`, `${points.length} values`);
  const broken = violations.map(
    (one) =>
      `${ruleName(one.rule)} (${one.label}) ${say(language, `${one.indexes.length}곳`, `at ${one.indexes.length} points`)}`,
  );
  const beyond = chart.spread.beyond.length;
  if (beyond > 0)
    broken.push(say(language, `산포 관리한계 밖 ${beyond}곳`, `${beyond} beyond the limits of the spread chart`));
  const verdict = chart.inControl
    ? say(language, "관리 상태", "in control")
    : say(language, "관리 상태 아님", "not in control");
  const { limits, spread } = chart;
  const [first, last] = [points[0]?.at, points.at(-1)?.at];
  const span = first && last ? `${formatTime(first, options.timeZone)} ~ ${formatTime(last, options.timeZone)}` : "";
  const marked = points.filter((point) => point.rules.length > 0).slice(-5);
  return lines(
    `${subject}: ${verdict} — ${say(language, `${kind} 관리도`, `${kind} chart`)}, ${size}${broken.length > 0 ? `, ${broken.join("; ")}` : ""}`,
    span !== "" && say(language, `기간 ${span}`, `from ${span}`),
    `UCL ${figure(limits.ucl)}, CL ${figure(limits.center)}, LCL ${figure(limits.lcl)}`,
    `${chart.kind === "xbar_r" ? "R" : "MR"}: UCL ${figure(spread.limits.ucl)}, CL ${figure(spread.limits.center)}, LCL ${figure(spread.limits.lcl)}`,
    marked.length > 0 &&
      say(language, "최근 위반: ", "latest violations: ") +
        marked
          .map(
            (point) =>
              `${point.at ? formatTime(point.at, options.timeZone) : point.label} ${figure(point.value)} (${point.rules.map(ruleName).join(", ")})`,
          )
          .join("; "),
    capabilityText(result, figure, language),
    ...warnings(result, language),
    options.cut,
  );
}

/** "nelson_2" → "Nelson 2": rules are named, never numbered alone. */
function ruleName(rule: string): string {
  return rule.startsWith("nelson_")
    ? `Nelson ${rule.slice(7)}`
    : `Western Electric ${rule.slice("western_electric_".length)}`;
}

/** Two decimals beyond the process's own spread: a bore's micrometres must not be rounded away. */
export function precisely(sigma: number, unit: string | null): (value: number) => string {
  const decimals = sigma > 0 ? Math.min(6, Math.max(0, Math.ceil(-Math.log10(sigma)) + 1)) : 3;
  return (value) => `${value.toFixed(decimals)}${unit ? ` ${unit}` : ""}`;
}

function capabilityText(
  { capability, lsl, usl }: InspectionChart,
  figure: (value: number) => string,
  language: Language,
): string {
  if (!capability)
    return say(
      language,
      "규격 한계가 없어 공정능력은 계산하지 않았습니다.",
      "No specification limits: capability is not computed.",
    );
  const spec = [lsl !== null && `LSL ${figure(lsl)}`, usl !== null && `USL ${figure(usl)}`].filter(Boolean).join(", ");
  const index = (name: string, value: number | null): string | null =>
    value === null ? null : `${name} ${value.toFixed(2)}`;
  const { cp, cpk, pp, ppk } = capability;
  return `${spec} → ${[index("Cp", cp), index("Cpk", cpk), index("Pp", pp), index("Ppk", ppk)].filter(Boolean).join(", ")}`;
}

function warnings({ chart, capability, leftOut, mixedLimits }: InspectionChart, language: Language): string[] {
  const all = [
    ...chart.warnings.map((one) =>
      one.code === "few_points"
        ? say(
            language,
            `점이 ${one.have}개뿐이라 관리한계가 불확실합니다 (${one.want}개 이상 권장).`,
            `Only ${one.have} points: the limits are uncertain (${one.want} or more are wanted).`,
          )
        : say(language, "값이 모두 같습니다.", "All values are alike."),
    ),
    capability &&
      !chart.inControl &&
      say(
        language,
        "관리 상태가 아니므로 공정능력 지수로 앞날을 말할 수 없습니다.",
        "Not in control: the capability indices foretell nothing.",
      ),
    leftOut > 0 &&
      say(
        language,
        `크기가 다른 부분군의 값 ${leftOut}개는 뺐습니다.`,
        `${leftOut} values of subgroups of another size are left out.`,
      ),
    mixedLimits &&
      say(
        language,
        "기록에 규격이 여러 가지라 가장 최근 것을 썼습니다.",
        "The records hold several specifications; the newest is used.",
      ),
  ];
  return all.filter((one) => typeof one === "string");
}
