import type { Evidence } from "../../core/evidence.ts";
import type { ComparedEditions } from "../../tools/compare-editions.ts";
import { asking } from "../understand/plain-verbs.ts";
import { draft, line, section, type Draft } from "../compose/draft.ts";
import { doubtLines, titleLine } from "./document-notes.ts";
import { shareIn, tellingWords } from "./covers.ts";
import { knowledgePlaybook } from "./knowledge.ts";
import { failureLine, modelsOf, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { splitTable } from "./tables.ts";

/** Questions about the documents themselves: a page, where something stands, how editions differ. */
export const documentsPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { document } = turn.understood;
    if (document?.about === "page") return await pageDraft(turn, document.page);
    if (document?.about === "editions") return await editionsDraft(turn, document.revisions);
    return placesDraft(turn);
  },
};

async function pageDraft(turn: PlaybookTurn, page: number): Promise<Draft> {
  const { understood, tools } = turn;
  const models = modelsOf(turn);
  const remembered =
    models.length === 0 && tellingWords(turn).length <= 1 ? understood.cited[0]?.source.documentId : undefined;
  const used = await tools.use("maintenance", "read_page", {
    page,
    document: remembered ?? understood.question.slice(0, 400),
    ...(models.length > 0 ? { models: models.slice(0, 8) } : {}),
  });
  const [one] = used.evidence;
  if (!one) return draft([section(null, [failureLine(used)])], true);
  const { prose, table } = splitTable(one.text.replaceAll(/^#{1,6}\s+(.+)$/gm, "**$1**"));
  return draft([
    section(
      null,
      [titleLine(turn, one), ...doubtLines(turn, one), prose === "" ? null : line(prose, one, "quote")],
      table,
    ),
  ]);
}

/** What the last answer stood on, as places to open. */
function placesDraft(turn: PlaybookTurn): Draft {
  const evidence: Evidence[] = turn.tools.book.add(turn.understood.cited);
  return draft([
    section(
      turn.say("앞의 답이 나온 곳", "Where the last answer stands"),
      evidence.map((one) => titleLine(turn, one)),
    ),
  ]);
}

/** Section by section what the older edition says and what the newer; only what is asked about, where something is. */
async function editionsDraft(turn: PlaybookTurn, revisions: string[]): Promise<Draft> {
  const { understood, tools } = turn;
  const models = modelsOf(turn);
  const used = await tools.use("maintenance", "compare_editions", {
    document: understood.question.slice(0, 400),
    ...(models.length > 0 ? { models: models.slice(0, 8) } : {}),
    ...(revisions.length === 2 ? { revisions } : {}),
  });
  const [one] = used.evidence;
  const output = used.output as ComparedEditions | null;
  if (!one?.table || !output) return await knowledgePlaybook.run(turn);
  const rows = one.table.rows.map((cells) => ({ cells, share: shareIn(turn, cells.join(" ")) }));
  const best = Math.max(0, ...rows.map((row) => row.share));
  const topical = tellingWords(turn).some((word) => !asking.test(word));
  const asked = topical && best >= 0.3 ? rows.filter((row) => row.share >= best - 0.01) : rows;
  return draft([
    section(
      null,
      [
        line(`**${one.title}**`, one),
        line(
          turn.say(
            `다른 곳 ${output.changes.length}곳${asked.length < rows.length ? ` 가운데 물어본 ${asked.length}곳` : ""}. 지금은 새 판이 유효합니다.`,
            `${output.changes.length} places differ${asked.length < rows.length ? `; the ${asked.length} asked about` : ""}. The newer edition is in force.`,
          ),
          one,
        ),
      ],
      { ...one.table, rows: asked.map((row) => row.cells) },
    ),
  ]);
}
