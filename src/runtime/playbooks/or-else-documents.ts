import { knowledgePlaybook } from "./knowledge.ts";
import type { Playbook } from "./playbook.ts";

/** Where the plant's records, stock or sensors have nothing for the question, a document may: it is asked then. */
export function orElseDocuments(playbook: Playbook): Playbook {
  return {
    agents: playbook.agents,
    async run(turn) {
      const own = await playbook.run(turn);
      if (!own.abstained) return own;
      const found = await knowledgePlaybook.run(turn);
      if (found.abstained) return own;
      return { ...found, sections: [...found.sections, ...own.sections] };
    },
  };
}
