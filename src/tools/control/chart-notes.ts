import type { Language } from "../../core/context.ts";
import { say } from "../wording.ts";
import type { ChartOutput, OutputWarning } from "./chart-output.ts";

/** What to mind before the chart is believed, one sentence each. */
export function chartNotes(
  output: ChartOutput,
  { language, leftOut }: { language: Language; leftOut: number },
): string[] {
  // Means of subgroups are all but normal anyway: then only indices suffer.
  const matters = (code: string) => code !== "not_normal" || output.capability !== null || output.chart === "i_mr";
  const said = output.warnings
    .filter((warning) => matters(warning.code))
    .map((warning) => noteOf(warning, output, language));
  if (leftOut > 0)
    said.push(
      say(
        language,
        `값이 하나뿐인 부분군 ${leftOut}개는 뺐습니다.`,
        `${leftOut} subgroups with a single value are left out.`,
      ),
    );
  if (output.specification.mixed)
    said.push(
      say(
        language,
        "기록에 규격이 여러 가지라 가장 최근 것을 썼습니다.",
        "The records hold several specifications; the newest is used.",
      ),
    );
  if (output.capability?.cpm !== null && output.capability && !output.capability.targetGiven)
    said.push(
      say(
        language,
        `목표값이 없어 규격의 가운데(${output.capability.target})를 목표로 Cpm을 계산했습니다.`,
        `No target is on record: Cpm takes the middle of the specification, ${output.capability.target}.`,
      ),
    );
  if (output.chart === "p" || output.chart === "np")
    said.push(
      say(
        language,
        "불량 수를 불량품 개수로 보았습니다. 한 개에 결점이 여럿일 수 있으면 u 관리도를 요청하세요.",
        "Defects are taken as defective units. Where one unit may have several defects, ask for the u chart.",
      ),
    );
  return said;
}

function noteOf(warning: OutputWarning, { chart, phaseOne }: ChartOutput, language: Language): string {
  switch (warning.code) {
    case "few_points":
      return say(
        language,
        `점이 ${warning.have}개뿐이라 관리한계가 불확실합니다 (${warning.want}개 이상 권장).`,
        `Only ${warning.have} points: the limits are uncertain (${warning.want} or more are wanted).`,
      );
    case "few_values":
      return say(
        language,
        `값이 ${warning.have}개라 공정능력의 신뢰구간이 넓습니다 (${warning.want}개 이상 권장).`,
        `${warning.have} values make a wide interval of capability (${warning.want} or more are wanted).`,
      );
    case "no_variation":
      return say(language, "값이 모두 같습니다.", "All values are alike.");
    case "not_in_control":
      if (phaseOne.inControl)
        return say(
          language,
          "1단계는 안정적이었지만 그 뒤의 점이 벗어났습니다. 공정이 안정되지 않았으므로 1단계의 공정능력 지수는 지금 공정을 말해 주지 않습니다.",
          "Phase I was stable, but later points are not: not stable, so capability means little; these indices of phase I don't tell of the process now.",
        );
      return say(
        language,
        "공정이 안정되지 않았으므로 공정능력 지수는 의미가 거의 없습니다. 원인을 먼저 없애세요.",
        "Not stable, so capability means little: remove the causes first.",
      );
    case "autocorrelated":
      return say(
        language,
        `이웃한 점이 서로 닮았습니다(1차 자기상관 ${warning.r1.toFixed(2)}, 한계 ±${warning.bound.toFixed(2)}). ${warning.r1 > 0 ? "관리한계가 너무 좁을" : "관리한계가 너무 넓을"} 수 있습니다.`,
        `Neighbouring points depend on each other (lag-1 autocorrelation ${warning.r1.toFixed(2)}, bound ±${warning.bound.toFixed(2)}): the limits may be too ${warning.r1 > 0 ? "narrow" : "wide"}.`,
      );
    case "not_normal":
      return say(
        language,
        `값이 정규분포를 따르지 않습니다(Anderson-Darling p ${small(warning.p)}). ${chart === "i_mr" ? "개별값 관리한계와 " : ""}공정능력 지수를 조심해서 보세요.`,
        `The values are not normally distributed (Anderson-Darling p ${small(warning.p)}): mind that for ${chart === "i_mr" ? "the limits of single values and " : ""}the capability indices.`,
      );
    case "overdispersed":
      return say(
        language,
        `개수가 우연보다 크게 흔들립니다(분산비 ${warning.ratio.toFixed(2)}, p ${small(warning.p)}). 관리한계가 너무 좁을 수 있습니다.`,
        `The counts vary more than chance (variance ratio ${warning.ratio.toFixed(2)}, p ${small(warning.p)}): the limits may be too narrow.`,
      );
  }
}

function small(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`;
}
