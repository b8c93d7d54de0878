import { editDistance } from "../../core/language/distance.ts";

// Words that decide what is to be computed, as they are typed in a hurry. Only the choice of the intent reads the mended
// text: names of machines, codes and values are never touched.

const words =
  "drifted before changed control capability threshold recalibrate forecast predict reliability reliable availability utilization utilisation downtime pareto alarms chatter chattering nuisance energy genealogy traceability batch different differs stopped failure filter vibration remaining weibull".split(
    " ",
  );
const korean: [RegExp, string][] = [
  [/언[재젠](?=[가-힣\s?]|$)/g, "언제"],
  [/막켜|마켜|맥켜|막히어/g, "막혀"],
  [/기준[갑값](?=[가-힣\s]|$)/g, "기준값"],
  [/달라[젔졋젓]/g, "달라졌"],
  [/변[햇핻]/g, "변했"],
  [/떠러|떨러|떨어[젔졋젓]/g, "떨어졌"],
  [/재일|젤\s/g, "제일 "],
  [/멈추[개게]\s?전/g, "멈추기 전"],
  [/불랑\s?(?=로트|롯트)/g, "불량 "],
  [/신뢰[썽셩]/g, "신뢰성"],
  [/가[똥둥]률/g, "가동률"],
  [/관[이리]\s?상[테태]/g, "관리상태"],
];

/** The text with misspelt words of the trade as they are meant: one letter off, two from eight letters on. */
export function mendSpelling(text: string): string {
  const english = text.replace(/(?<![\w-])[A-Za-z]{5,}(?![\w-])/g, (word) => {
    const lower = word.toLowerCase();
    if (words.includes(lower)) return word;
    const most = lower.length >= 8 ? 2 : 1;
    return words.find((one) => one[0] === lower[0] && editDistance(one, lower, most) <= most) ?? word;
  });
  const plain = english.replace(/\bwil\b/gi, "will").replace(/\bwaht\b|\bwhta\b|\bwat\b/gi, "what");
  return korean.reduce((out, [pattern, meant]) => out.replace(pattern, meant), plain);
}
