import { line } from "../../compose/draft.ts";
import type { Playbook } from "../playbook.ts";
import { computedDraft, equipmentOf, spanOf } from "./computed.ts";

/** Floods, chattering and standing alarms by the measures of ISA-18.2. */
export const alarmReviewPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood } = turn;
    const used = await turn.tools.use("maintenance", "review_alarms", {
      ...equipmentOf(turn),
      ...spanOf(understood.periods[0]),
    });
    return computedDraft(turn, [used], {
      details: 10,
      others: 5,
      table: true,
      next: [
        line(
          turn.say(
            "자주 울리는 알람부터 기준값을 검토하세요 (“이 알람 기준값 다시 잡아줘”). 알람을 끄거나 막지는 마세요.",
            "Review the limit of the most frequent ones (“review the alarm limit of …”). Do not switch alarms off.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};
