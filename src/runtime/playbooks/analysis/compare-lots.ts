import type { Condition } from "../../../plant/records.ts";
import { line } from "../../compose/draft.ts";
import type { Playbook } from "../playbook.ts";
import { computedDraft, equipmentOf, spanOf } from "./computed.ts";

/** Which process values, machines, materials and shifts differ between good and bad lots. */
export const compareLotsPlaybook: Playbook = {
  agents: ["quality"],
  async run(turn) {
    const { understood } = turn;
    const lots = understood.recordIds.filter((one) => one.records === "lots").map((one) => one.id);
    const used = await turn.tools.use("quality", "compare_lots", {
      ...equipmentOf(turn),
      ...spanOf(understood.periods[0]),
      ...productOf(understood.records?.where ?? []),
      ...(lots.length > 0 ? { bad_lots: lots } : {}),
    });
    return computedDraft(turn, [used], {
      details: 10,
      others: 5,
      table: true,
      next: [
        line(
          turn.say(
            "차이는 원인의 후보일 뿐입니다. 그 값이 변한 때의 알람·작업 이력과 자재 로트를 확인하세요.",
            "A difference is a candidate, not yet a cause. Check alarms, work and material lots of the time when it moved.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};

/** The product that the question names by the plant's own words. */
function productOf(where: readonly Condition[]): { product?: string } {
  const found = where.find((one) => ["product", "material"].includes(one.field) && "value" in one);
  const value = found && "value" in found && Array.isArray(found.value) ? found.value[0] : null;
  return typeof value === "string" ? { product: value } : {};
}
