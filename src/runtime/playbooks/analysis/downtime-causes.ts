import { line } from "../../compose/draft.ts";
import type { Playbook } from "../playbook.ts";
import { computedDraft, equipmentOf, spanOf } from "./computed.ts";

/** What stood still longest: stops by reason with their share. Planned ones only where they are asked for. */
export const downtimeCausesPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood } = turn;
    const { question } = understood;
    const planned = /\b(?<!un)planned\b|계획\s?정지|예방/i.test(question);
    const all = /\ball stops\b|\bincluding planned\b|계획\s?포함|전체\s?정지/i.test(question);
    const used = await turn.tools.use("planner", "list_downtime", {
      ...equipmentOf(turn),
      ...spanOf(understood.periods[0]),
      ...(all ? {} : { planned }),
      limit: 5,
    });
    return computedDraft(turn, [used], {
      details: 10,
      // The stops themselves: their reasons were asked for.
      without: /^(?:- )?(?:번호|number):|건만 표시|shown/i,
      next: [
        line(
          turn.say(
            "맨 위 사유의 작업지시와 그 정지 전에 달라진 센서를 보세요 (“멈추기 전에 뭐가 달라졌어”).",
            "Look at the work orders of the first reason, and at what drifted before those stops (“what drifted before the last stops”).",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};
