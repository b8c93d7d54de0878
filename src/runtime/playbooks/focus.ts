import type { Evidence, EvidenceTable } from "../../core/evidence.ts";
import { shareIn } from "./covers.ts";
import type { PlaybookTurn } from "./playbook.ts";
import { splitTable } from "./tables.ts";

// Focus: the rows or sentences of a passage that answer a question for a figure, instead of the whole page.

/** A value is asked for: a torque, an interval, a limit, an amount, a number of a part. */
const figureWords =
  /얼마|몇\s?(?!대|건|명)|토크|주기|한계|정상|기준|규격|간격|간극|농도|온도|압력|장력|처짐|높이|길이|무게|중량|용량|두께|깊이|폭|속도|횟수|회전수|보증|양정|품번|부품\s?번호|주문\s?번호|언제\s?(?:갈|바꿔|교체|교환|청소|해|$)|\bhow (?:much|many|often|far|long|high|hot|big|deep|thick|heavy|fast|tight)\b|\btorques?\b|\bintervals?\b|\blimits?\b|\bamount\b|\b(?:part|order) numbers?\b|\bnormal\b|\bweight\b|\bdistance\b|\bgap\b|\bclearance\b|\btemperature\b|\bpressure\b|\bforce\b|\blength\b|\bheight\b|\bmin(?:imum)?\b|\bmax(?:imum)?\b|\bwarranty\b|\bfuse\b|\brange\b|\bwarm\b|허용|까지\s?(?:괜찮|돼|되)|\blevel\b|\bwhen (?:must|should|do i|to)\b|\b(?:what|which) (?:\w+ )?(?:oil|grease|lubricant|fuse|sensor|part|clutch|belt|seal)\b/i;
const stepsWords =
  /방법|절차|순서|어떻게|요령|하는 ?법|는 ?법|\bhow (?:do|can|should|to|would)\b|\bsteps?\b|\bprocedures?\b/i;

export function asksFigure(question: string): boolean {
  return figureWords.test(question) && !stepsWords.test(question);
}

export type Focus = { share: number; order: number; prose: string; table?: EvidenceTable };

const shortEnough = 200;

/**
 * What of a passage answers best, verbatim, and which share of the question's words it has. Its headings count, so that
 * "10 mm" under "Nozzle height" answers; a sentence that has none of the words itself wins only where no other has any.
 */
export function focusOf(turn: PlaybookTurn, evidence: Evidence): Focus {
  const { prose, table } = splitTable(evidence.text);
  const head = table ? `${evidence.title}\n${table.columns.join(" ")}` : evidence.title;
  const score = (text: string, around: string): Scored => {
    const own = shareIn(turn, text, { values: true });
    const share = shareIn(turn, `${around}\n${text}`, { values: true });
    return { share, order: share + 0.3 * own + (valueLike.test(text) ? 0.05 : 0) };
  };
  const rows = (table?.rows ?? []).map((cells) => ({ cells, ...score(cells.join(" "), head) }));
  const sentences = sentencesOf(prose).map((text) => ({ text, ...score(text, evidence.title) }));
  const best = [...rows, ...sentences].reduce((a, b) => (b.order > a.order ? b : a), { share: 0, order: -1 });
  const isBest = (one: Scored): boolean => one.order >= best.order - 0.001;
  const chosenRows = rows.filter(isBest);
  const chosen = sentences.filter(isBest);
  if (table && chosenRows.length > 0 && chosen.length === 0) {
    const few = chosenRows.length <= Math.max(3, table.rows.length / 3);
    return {
      share: best.share,
      order: best.order,
      prose: "",
      table: few ? { ...table, rows: chosenRows.map((one) => one.cells) } : table,
    };
  }
  const quoted =
    prose.length <= shortEnough
      ? prose
      : chosen
          .map((one) => lineOf(prose, one.text))
          .filter((text, index, all) => all.indexOf(text) === index)
          .slice(0, 2)
          .join("\n");
  return { share: best.share, order: best.order, prose: quoted === "" ? evidence.text.slice(0, shortEnough) : quoted };
}

/** A figure, or an interval in words. */
const valueLike = /\d|매(?:일|주|월|년)|분기|반기|\b(?:daily|weekly|monthly|quarterly|yearly|annually|each shift)\b/i;

type Scored = { share: number; order: number };

function sentencesOf(prose: string): string[] {
  return prose
    .split(/\n+|(?<=[.!?。])(?<!(?:^|\n)\s*\d{1,2}\.)\s+(?=\S)/)
    .map((text) => text.trim())
    .filter((text) => text.length > 3 && !/^#{1,6}\s/.test(text));
}

const longestLine = 300;

/** The line that a sentence stands in, where it isn't too long: the value is often in the next sentence. */
function lineOf(prose: string, sentence: string): string {
  const row = prose
    .split("\n")
    .find((one) => one.includes(sentence))
    ?.trim();
  return row !== undefined && row.length <= longestLine ? row : sentence;
}
