import type { OeeResult } from "../../plant/analysis/operations/oee.ts";
import { formatNumber } from "../../core/format/format.ts";
import { say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { LoadedTimes } from "./load-machine-times.ts";
import { doubtfulPerformance, percent } from "./oee-text.ts";

/** Rounding of counts makes a trifle over 100 %; more means that the planned cycle is too long. */

/** What the figures lack or what makes them doubtful, one sentence each. */
export function oeeNotes(results: Map<string, OeeResult>, loaded: LoadedTimes, { language }: ToolContext): string[] {
  const all = [...results];
  const ids = (fits: (one: OeeResult) => boolean): string[] => all.filter(([, one]) => fits(one)).map(([id]) => id);
  const fast = all.filter(([, { performance }]) => performance !== null && performance > doubtfulPerformance);
  const withoutCycle = ids(({ pieces }) => pieces.withoutCycle > 0);
  const idle = ids(({ pieces }) => pieces.good + pieces.scrap === 0);
  const prorated = all.reduce((sum, [, { pieces }]) => sum + pieces.prorated, 0);
  const { lacks } = loaded;
  const noStops = lacks.noStops.filter((id) => results.has(id));
  const note = (on: boolean, ko: string, en: string): string[] => (on ? [say(language, ko, en)] : []);
  const list = (some: string[]): string => some.slice(0, 8).join(", ") + (some.length > 8 ? " …" : "");
  const fastText = fast
    .map(([id, { performance }]) => `${id} ${percent(performance)}`)
    .slice(0, 8)
    .join(", ");
  return [
    ...note(
      fast.length > 0,
      `의심: 성능이 100%를 넘습니다(${fastText}). 표준 사이클 시간이나 수량 기록을 확인하세요.`,
      `doubtful: performance above 100% (${fastText}): check the cycle time or the quantities on record.`,
    ),
    ...note(
      withoutCycle.length > 0,
      `사이클 시간이 없는 오더가 있어 성능과 OEE를 계산하지 않은 설비: ${list(withoutCycle)}`,
      `no performance and no OEE for ${list(withoutCycle)}: orders without a cycle time`,
    ),
    ...note(
      idle.length > 0,
      `생산 수량이 0이라 성능·양품률을 알 수 없는 설비: ${list(idle)}`,
      `no pieces were made, so performance and quality are unknown: ${list(idle)}`,
    ),
    ...note(
      noStops.length > 0,
      `정지 기록이 전혀 없는 설비라 가용률 100%는 믿을 수 없음: ${list(noStops)}`,
      `no stops have ever been recorded, so an availability of 100% means little: ${list(noStops)}`,
    ),
    ...note(
      prorated > 0,
      `기간에 걸친 오더 ${prorated}건은 기간 안에서 가동한 시간의 비율로 나누어 셈`,
      `orders over an end of the period, prorated by running time: ${prorated}`,
    ),
    ...note(
      lacks.undeclared.length > 0,
      `사이트 파일에 계획 시간이 없어 교대·달력 시간을 쓴 설비: ${list(lacks.undeclared)}`,
      `by shifts or the calendar, since the site file plans no time for them: ${list(lacks.undeclared)}`,
    ),
    ...note(
      lacks.plannedTimes > 0,
      `실적 시각이 없는 오더 ${lacks.plannedTimes}건은 계획 시각으로 계산`,
      `${lacks.plannedTimes} orders without actual times are taken at their planned times`,
    ),
    ...note(
      lacks.scrap > 0,
      `불량 수량이 기록되지 않은 오더 ${lacks.scrap}건은 불량 0으로 셈 — 양품률이 실제보다 높을 수 있음`,
      `${lacks.scrap} orders have no scrap on record and count as none: the quality ratio may be too high`,
    ),
    ...note(
      lacks.counts > 0,
      `양품 수량이 없는 오더 ${lacks.counts}건은 뺌`,
      `${lacks.counts} orders without a count of good pieces are left out`,
    ),
    ...note(
      lacks.left > 0,
      `기록이 너무 많아 ${formatNumber(lacks.left)}건은 읽지 못함`,
      `${formatNumber(lacks.left)} records were too many to be read`,
    ),
  ];
}
