import { draft, line, section } from "../compose/draft.ts";
import { asSearched } from "../understand/plain-verbs.ts";
import { factsSection, gist, type Playbook } from "./playbook.ts";
import { coverage, covers } from "./covers.ts";
import { passageSections } from "./passages.ts";
import {
  cardSection,
  machineState,
  partNumbers,
  partsInStock,
  quoteSafety,
  safetySection,
  veteranCards,
  workedBefore,
} from "./steps.ts";

/** A symptom in words: what is out of normal now, what the veterans and the manual say, what worked before. */
export const troublePlaybook: Playbook = {
  agents: ["maintenance", "planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    const one = machine && understood.machines.length === 1;
    const [state, alarms, worked, veterans, found] = await Promise.all([
      machineState(turn),
      one ? tools.use("maintenance", "list_alarms", { equipment: machine.id, period: "최근 7일" }) : null,
      workedBefore(turn, { symptom: understood.question }),
      veteranCards(turn, { text: understood.question, limit: 3 }),
      tools.use("maintenance", "search_knowledge", {
        query: asSearched(understood.question).slice(0, 400),
        ...(one ? { equipment: machine.id } : {}),
      }),
    ]);
    const passages = found.evidence.filter(
      (item) => item.kind === "passage" && item.source.documentId && covers(turn, item),
    );
    // What the veterans say of just this comes first; what shares no telling word is of something else.
    const cards = veterans
      .filter((card) => coverage(turn, card) > 0)
      .sort((a, b) => coverage(turn, b) - coverage(turn, a));
    const nothing = cards.length === 0 && passages.length === 0 && worked.section === null;
    if (nothing && !machine)
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "기록과 문서에서 이 증상을 찾지 못했습니다. 어느 설비의 어떤 증상(소리, 온도, 알람 코드)인지 알려 주세요.",
                "Neither records nor documents hold this symptom. Which machine is it, and what do you see, hear or read on the panel?",
              ),
            ),
          ]),
        ],
        true,
      );
    const safety = machine ? await quoteSafety(turn, "lockout") : [];
    const parts = machine ? await partsInStock(turn, partNumbers([...cards, ...worked.evidence.slice(0, 2)])) : null;
    const firstCheck = cards[0]
      ? section(turn.say("먼저 볼 것", "Check first"), [line(gist(cards[0]), cards[0])])
      : null;
    return draft([
      firstCheck,
      state.section,
      alarms ? factsSection(turn.say("최근 알람", "Recent alarms"), alarms.evidence, { limit: 3 }) : null,
      cardSection(turn, cards),
      worked.section,
      ...passageSections(turn, passages, 2),
      parts,
      safetySection(turn, safety),
      nothing
        ? section(null, [
            line(
              turn.say(
                "문서와 카드에는 이 증상이 없습니다. 위 상태는 측정값일 뿐이며 원인이 아닙니다.",
                "No document or card covers this symptom. The state above is measured, not a cause.",
              ),
            ),
          ])
        : null,
      machine
        ? null
        : section(null, [
            line(
              turn.say(
                "어느 설비입니까? 설비를 알면 지금 상태와 지난 조치를 함께 보여 줍니다.",
                "Which machine is it? Then I can add its live state and what worked before.",
              ),
            ),
          ]),
    ]);
  },
};
