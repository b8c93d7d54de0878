import { knowledgePlaybook } from "./knowledge.ts";
import type { Playbook } from "./playbook.ts";

/** Who asks for a list or a count of records is told that there are none. */
const asksForRecords = /보여|목록|리스트|내역|이력|몇\s?(?:건|개|대|명)|\blist\b|\bshow\b|\bhow many\b|\bwho\b/i;

/** Where the plant's records, stock or sensors have nothing for the question, a document may: it is asked then. */
export function orElseDocuments(playbook: Playbook): Playbook {
  return {
    agents: playbook.agents,
    async run(turn) {
      const own = await playbook.run(turn);
      if (!own.abstained || asksForRecords.test(turn.understood.question)) return own;
      const found = await knowledgePlaybook.run(turn);
      if (found.abstained) return own;
      return { ...found, sections: [...found.sections, ...own.sections] };
    },
  };
}

/** What looks like a machine that doesn't exist may be a valve, a part or a product that a document names. */
export function ifInDocuments(playbook: Playbook): Playbook {
  return {
    agents: playbook.agents,
    async run(turn) {
      const { equipment, question, intent } = turn.understood;
      const [unknown] = equipment.unknown;
      if (!unknown || !["knowledge", "how-to", "trouble", "stock", "equipment"].includes(intent))
        return await playbook.run(turn);
      const used = await turn.tools.use("maintenance", "search_knowledge", { query: question.slice(0, 400) });
      const fold = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, "");
      const named = used.evidence.some(
        (one) => one.source.documentId !== undefined && fold(one.text).includes(fold(unknown.text)),
      );
      return named ? await knowledgePlaybook.run(turn) : await playbook.run(turn);
    },
  };
}
