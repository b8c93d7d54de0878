import { line, section, type Section } from "../../compose/draft.ts";
import type { PlaybookTurn } from "../playbook.ts";

const asksMeaning =
  /뭐야|뭐에요|뭐예요|뭔가요|뭔데|뭐지|뭡니까|무엇|무슨\s?뜻|뜻(?:이|은|\s|\?|$)|의미|이란|\bwhat (?:is|are)(?: an?| the)? (?:oee|mtbf|mttr|cpk?|ppk?|cpm|control charts?|weibull\w*|ucl|lcl|process capability)\b\s*\??$|\bwhat does\b.{0,20}\bmean\b|\bmeaning of\b|\bdefine\b/i;

/** The measures as they are computed here, by the standard that defines them. */
const definitions: [RegExp, string, string][] = [
  [
    /\boee\b|종합\s?효율/i,
    "OEE(설비종합효율) = 가용률 × 성능 × 양품률 (ISO 22400-2).",
    "OEE (overall equipment effectiveness) = availability × performance × quality (ISO 22400-2).",
  ],
  [
    /\bmtbf\b/i,
    "MTBF = 고장과 고장 사이 시간의 평균: 관찰한 시간 ÷ 고장 수.",
    "MTBF is the mean time between failures: time observed ÷ number of failures.",
  ],
  [/\bmttr\b/i, "MTTR = 고장 한 건을 고치는 데 걸린 시간의 평균.", "MTTR is the mean time to repair one failure."],
  [
    /\bc?pp?k\b|\bcp\b|공정\s?능력|capabilit/i,
    "Cp = (규격 상한 − 규격 하한) ÷ 6σ, Cpk = 가까운 규격까지의 거리 ÷ 3σ (σ는 부분군 안). Pp·Ppk는 전체 σ로 계산합니다.",
    "Cp = (USL − LSL) ÷ 6σ; Cpk = distance to the nearer specification limit ÷ 3σ, with σ within subgroups. Pp and Ppk take the overall σ.",
  ],
  [
    /관리도|관리\s?한계|control (?:chart|limit)|\bucl\b|\blcl\b/i,
    "관리도는 값을 시간 순으로 놓고 중심선 ± 3σ의 관리한계(UCL, LCL)와 비교해 우연이 아닌 변화를 찾습니다. 관리한계는 규격이 아닙니다.",
    "A control chart sets values in order of time against limits (UCL, LCL) at the centre line ± 3σ, to find changes beyond chance. Control limits are not specification limits.",
  ],
  [
    /weibull|와이블/i,
    "와이블 분포의 β가 1보다 작으면 초기 고장, 1 무렵이면 우발 고장, 크면 마모 고장입니다. η는 63.2 %가 고장나는 시간입니다.",
    "In a Weibull life β below 1 tells of early failures, about 1 of random ones, above 1 of wear; η is the time by which 63.2 % have failed.",
  ],
];

/** What a measure means, where that is asked; null elsewhere. */
export function definition(turn: PlaybookTurn): Section | null {
  const { question, machines } = turn.understood;
  if (machines.length > 0 || !asksMeaning.test(question)) return null;
  const found = definitions.find(([word]) => word.test(question));
  return found ? section(null, [line(turn.say(found[1], found[2]))]) : null;
}
