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
