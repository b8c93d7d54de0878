import { draft, line, section } from "../../compose/draft.ts";
import type { Playbook } from "../playbook.ts";
import { askBack, computedDraft, spanOf, useEach } from "./computed.ts";
import { newestReading, spanBefore, staleLine } from "./newest-readings.ts";
import { tagNames } from "./meant-tags.ts";

const energyUnit = /^(?:k|M)?W(?:h|·h)?$|^(?:kVA|MJ|GJ|kcal)$/i;

const historyDays = 30;

/** Energy for each good part against the machine's own baseline. */
export const energyPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const { machines, periods } = understood;
    const metered = (await tools.context.sensors.tags()).filter((tag) => energyUnit.test(tag.unit ?? ""));
    if (machines.length === 0 && metered.length === 0)
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "전력이나 전력량(kW, kWh)을 재는 센서가 연결되어 있지 않아 개당 에너지를 계산할 수 없습니다.",
                "No sensor of power or energy (kW, kWh) is connected, so energy per part can't be computed.",
              ),
            ),
          ]),
        ],
        true,
      );
    if (machines.length === 0)
      return askBack(
        turn,
        `어느 설비의 개당 에너지입니까? 전력을 재는 설비: ${tagNames(turn, metered)}.`,
        `Energy per part of which machine? Metered are ${tagNames(turn, metered)}.`,
      );
    const spans = periods.length > 0 ? periods : [undefined];
    const by = /\b(?:by|per|each) (?:job )?order\b|오더별|지시별/i.test(understood.question) ? { by: "order" } : {};
    const own = metered.filter((tag) => machines.some(({ id }) => id === tag.equipmentId));
    const newest = periods.length > 0 ? null : await newestReading(turn, own);
    const used = await useEach(
      turn,
      "planner",
      "energy_per_part",
      machines.flatMap(({ id }) =>
        spans.map((period) => ({ equipment: id, ...spanOf(period), ...spanBefore(newest, historyDays), ...by })),
      ),
      4,
    );
    return computedDraft(turn, used, {
      details: 8,
      table: true,
      before: [section(null, [staleLine(turn, newest)])],
      next: [
        line(
          turn.say(
            "늘었다면 공회전·대기 시간, 불량 수, 누설(공압·유압)부터 보세요.",
            "Where it rose, look at idling, at scrap, and at leaks of air or oil first.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};
