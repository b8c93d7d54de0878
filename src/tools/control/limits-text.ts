import type { Language } from "../../core/context.ts";
import type { CapabilityIndex } from "../../plant/analysis/spc/capability.ts";
import { say } from "../wording.ts";
import type { ChartOutput } from "./chart-output.ts";

/** How the limits were made: by which points, with which sigma, how wide. */
export function madeOf(output: ChartOutput, language: Language): string {
  const { n, phaseOne, phaseTwo, settings, sd, chart, center } = output;
  const from = phaseOne.from;
  const base = from
    ? say(language, `한계는 1단계(${from}) ${n}점에서 계산`, `limits from phase I (${from}), ${n} points`)
    : say(language, `한계는 ${n}점에서 계산`, `limits from ${n} points`);
  const judged = phaseTwo.points.length;
  const later =
    judged === 0
      ? ""
      : say(language, `, 2단계 ${judged}점은 그 한계로 판정`, `; ${judged} points of phase II are judged by them`);
  const sigma =
    typeof settings.sigma === "number"
      ? say(language, `σ ${settings.sigma} (주어진 값)`, `σ ${settings.sigma} (given)`)
      : `${sigmaWords[settings.sigma]?.[language] ?? ""}${typeof sd === "number" ? ` = ${sd.toPrecision(4)}` : ""}`;
  const width = say(language, `폭 ±${settings.width}`, `width ±${settings.width}`);
  const { lambda, k, h } = settings;
  const more =
    lambda !== undefined
      ? `, λ ${lambda}`
      : k !== undefined && h !== undefined && typeof center === "number"
        ? `, ${say(language, "기준", "about")} ${center.toPrecision(6)}, k ${k}, h ${h}`
        : "";
  return `${base}${later} · ${sigma}${chart === "cusum" ? "" : `, ${width}`}${more}`;
}

const sigmaWords: Record<string, Record<Language, string>> = {
  range: { ko: "σ = R/d2의 평균", en: "σ = mean of R/d2" },
  s: { ko: "σ = s/c4의 평균", en: "σ = mean of s/c4" },
  pooled: { ko: "σ = 합동 s/c4", en: "σ = pooled s/c4" },
  moving_range: { ko: "σ = MR̄/d2", en: "σ = MR̄/d2" },
  sd: { ko: "σ = 전체 s/c4", en: "σ = overall s/c4" },
  binomial: { ko: "σ는 이항분포", en: "σ of the binomial distribution" },
  poisson: { ko: "σ는 푸아송분포", en: "σ of the Poisson distribution" },
};

const indices: [CapabilityIndex, string][] = [
  ["cp", "Cp"],
  ["cpk", "Cpk"],
  ["cpm", "Cpm"],
  ["pp", "Pp"],
  ["ppk", "Ppk"],
];

/** "LSL …, USL … → Cp 1.70 (1.49~1.91), …", with the shares outside the specification. */
export function capabilityText(
  { capability, specification: { lsl, usl }, chart }: ChartOutput,
  figure: (value: number) => string,
  language: Language,
): string | false {
  if (chart === "p" || chart === "np" || chart === "c" || chart === "u") return false;
  if (!capability)
    return say(
      language,
      "규격 한계가 없어 공정능력은 계산하지 않았습니다.",
      "No specification limits: capability is not computed.",
    );
  const limit = (name: string, value: number | null) => value !== null && `${name} ${specified(value, figure)}`;
  const spec = [limit("LSL", lsl), limit("USL", usl)].filter(Boolean).join(", ");
  const values = indices.flatMap(([index, name]) => {
    const value = capability[index];
    const interval = capability.intervals[index];
    if (value === null) return [];
    return [`${name} ${value.toFixed(2)}${interval ? ` (${interval[0].toFixed(2)}~${interval[1].toFixed(2)})` : ""}`];
  });
  const share = (capability.outside.observed * 100).toFixed(2);
  const outside = say(language, `규격 밖 ${share} %`, `${share} % outside the specification`);
  const intervals = say(language, "괄호는 95 % 신뢰구간", "95 % confidence intervals in brackets");
  return values.length > 0 ? `${spec} → ${values.join(", ")} · ${outside} · ${intervals}` : spec;
}

/** A CUSUM's figures are in standard errors; the specification isn't. */
function specified(value: number, figure: (value: number) => string): string {
  const text = figure(value);
  return Number.parseFloat(text) === value ? text : String(value);
}
