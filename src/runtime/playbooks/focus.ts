import type { Evidence, EvidenceTable } from "../../core/evidence.ts";
import { shareIn } from "./covers.ts";
import type { PlaybookTurn } from "./playbook.ts";
import { splitTable } from "./tables.ts";

// Focus: the rows or sentences of a passage that answer a question for a figure, instead of the whole page.

/** A value is asked for: a torque, an interval, a limit, an amount, a number of a part. */
const figureWords =
  /얼마|몇\s?(?!대|건|명)|토크|주기|한계|정상|기준|규격|간격|간극|농도|온도|압력|장력|처짐|높이|길이|무게|중량|용량|두께|깊이|폭|속도|횟수|회전수|보증|양정|품번|부품\s?번호|주문\s?번호|언제\s?(?:갈|바꿔|교체|교환|청소|해|$)|\bhow (?:much|many|often|far|long|high|hot|big|deep|thick|heavy|fast|tight)\b|\btorques?\b|\bintervals?\b|\blimits?\b|\bamount\b|\b(?:part|order) numbers?\b|\bnormal\b|\bweight\b|\bdistance\b|\bgap\b|\bclearance\b|\btemperature\b|\bpressure\b|\bforce\b|\blength\b|\bheight\b|\bmin(?:imum)?\b|\bmax(?:imum)?\b|\bwarranty\b|\blevel\b|\bwhen (?:must|should|do i|to)\b|\bwhich (?:oil|grease|lubricant|fuse|sensor|part|clutch|belt|seal)\b/i;
const stepsWords =
  /방법|절차|순서|어떻게|요령|하는 ?법|는 ?법|\bhow (?:do|can|should|to|would)\b|\bsteps?\b|\bprocedures?\b/i;

export function asksFigure(question: string): boolean {
  return figureWords.test(question) && !stepsWords.test(question);
}

export type Focus = { share: number; prose: string; table?: EvidenceTable };

const shortEnough = 200;

/** What of a passage answers best, verbatim, and which share of the question's words it has, its headings counted in. */
export function focusOf(turn: PlaybookTurn, evidence: Evidence): Focus {
  const { prose, table } = splitTable(evidence.text);
  const heading = evidence.title;
  const score = (text: string): number => shareIn(turn, `${heading}\n${text}`) + (/\d/.test(text) ? 0.05 : 0);
  const rows = (table?.rows ?? []).map((cells) => ({ cells, score: score(cells.join(" ")) }));
  const sentences = sentencesOf(prose).map((text) => ({ text, score: score(text) }));
  const best = Math.max(0, ...rows.map((one) => one.score), ...sentences.map((one) => one.score));
  const chosenRows = rows.filter((one) => one.score >= best - 0.001);
  const chosen = sentences.filter((one) => one.score >= best - 0.001);
  const share = Math.min(1, best);
  if (table && chosenRows.length > 0 && chosen.length === 0) {
    const few = chosenRows.length <= Math.max(3, table.rows.length / 3);
    return { share, prose: "", table: few ? { ...table, rows: chosenRows.map((one) => one.cells) } : table };
  }
  const quoted =
    prose.length <= shortEnough
      ? prose
      : chosen
          .map((one) => one.text)
          .slice(0, 3)
          .join("\n");
  return { share, prose: quoted === "" ? evidence.text.slice(0, shortEnough) : quoted };
}

function sentencesOf(prose: string): string[] {
  return prose
    .split(/\n+|(?<=[.!?。])\s+(?=\S)/)
    .map((text) => text.trim())
    .filter((text) => text.length > 1 && !/^#{1,6}\s/.test(text));
}
