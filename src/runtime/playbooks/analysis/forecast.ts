import type { TagForecast } from "../../../tools/prognosis/forecast-tag.ts";
import { line, section, type Draft } from "../../compose/draft.ts";
import type { Used } from "../../turn/turn-tools.ts";
import { knowledgePlaybook } from "../knowledge.ts";
import { machineTitle, type Playbook, type PlaybookTurn } from "../playbook.ts";
import { askBack, computedDraft, useEach } from "./computed.ts";
import { newestReading, staleLine } from "./newest-readings.ts";
import { byMachine, meantTags, tagNames, type MeantTags } from "./meant-tags.ts";

const mostMachines = 6;

/** When a sensor reaches its limit. Where several may be meant, the soonest is told first and the others are named. */
export const forecastPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood } = turn;
    const meant = await meantTags(turn);
    const limit = statedLimit(understood.question);
    const asked =
      meant.how === "unmeasured"
        ? []
        : meant.how === "none"
          ? understood.machines.map(({ id }) => ({ equipment: id }))
          : byMachine(meant.tags).map((one) => ({ ...one, ...(limit === null ? {} : { limit }) }));
    if (asked.length === 0) return await orDocuments(turn, notMeasured(turn, meant));
    const used = await useEach(turn, "maintenance", "forecast_limit", asked, mostMachines);
    const soonestFirst = used.toSorted((a, b) => urgency(a) - urgency(b));
    return computedDraft(turn, soonestFirst, {
      others: 3,
      before: [
        section(null, [
          meaning(turn, meant),
          unasked(turn, asked.length),
          staleLine(turn, await newestReading(turn, meant.how === "none" ? meant.all : meant.tags)),
        ]),
      ],
      next: [
        line(
          turn.say(
            "현장에서 눈으로 확인하고, 교체·청소 이력과 예비품을 함께 보세요.",
            "Check it at the machine, and look at when it was last renewed and at the spare parts.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};

/** That nothing there is measured by which it could be foretold, and what is. */
function notMeasured(turn: PlaybookTurn, meant: MeantTags): Draft {
  const machine = machineTitle(turn);
  const where = machine === "" ? turn.say("이 공장에는", "In this plant") : turn.say(`${machine}에는`, `On ${machine}`);
  const known = meant.all.length > 0;
  return askBack(
    turn,
    known
      ? `${where} 그것을 재는 센서가 없어 언제일지 예측할 수 없습니다. 다른 이름의 센서가 있으면 알려 주세요.`
      : `${where} 연결된 센서가 없어 언제일지 예측할 수 없습니다. 값은 현장에서 확인해야 합니다.`,
    known
      ? `${where} no sensor measures that, so when it happens can't be foretold. Name the sensor if it has another name.`
      : `${where} no sensors are connected, so when it happens can't be foretold. Values must be read at the machine.`,
    [
      known
        ? section(turn.say("있는 센서", "The sensors there are"), [line(tagNames(turn, meant.all, 12), [], "bullet")])
        : null,
    ],
  );
}

/** Where no sensor can tell, the interval in a manual may: after saying that it is no forecast. */
async function orDocuments(turn: PlaybookTurn, own: Draft): Promise<Draft> {
  const found = await knowledgePlaybook.run(turn);
  const [first, ...rest] = own.sections;
  return found.abstained || !first ? own : { ...found, sections: [first, ...found.sections, ...rest] };
}

/** Passed limits first, then by the hours left, then what can't be told. */
function urgency(used: Used): number {
  const forecasts = (used.output as { forecasts?: TagForecast[] } | null)?.forecasts ?? [];
  const hours = forecasts.map((one) =>
    one.verdict === "passed" ? -1 : one.verdict === "refused" ? Infinity : (one.hours?.expected ?? Infinity),
  );
  return Math.min(Infinity, ...hours);
}

/** Which sensor was taken, where the words did not name one. */
function meaning(turn: PlaybookTurn, meant: MeantTags) {
  const machines = new Set(meant.tags.map((tag) => tag.equipmentId));
  if (meant.how === "shows-in")
    return line(
      turn.say(
        `그런 이름의 센서는 없어, 그 증상이 나타나는 센서로 보았습니다: ${tagNames(turn, meant.tags, 4)}.`,
        `No sensor has that name; these show such a trouble: ${tagNames(turn, meant.tags, 4)}.`,
      ),
    );
  if (meant.how === "named" && turn.understood.machines.length === 0 && machines.size > 1)
    return line(
      turn.say(
        `설비를 말하지 않아 그런 센서가 있는 설비를 모두 보았습니다: ${[...machines].join(", ")}. 어느 설비인지 알려 주면 그것만 보겠습니다.`,
        `No machine was named, so I looked at all with such a sensor: ${[...machines].join(", ")}. Name one to see that alone.`,
      ),
    );
  return null;
}

function unasked(turn: PlaybookTurn, machines: number) {
  return machines > mostMachines
    ? line(turn.say("먼저 여섯 대만 보았습니다.", "Only the first six machines were looked at."))
    : null;
}

/** "when does it reach 4.5", "4.5 넘는 게 언제야": the value to reach; null where none is said. */
export function statedLimit(question: string): number | null {
  const match =
    /\b(?:reach|hit|exceed|cross|pass|over|above|below|to)\s+(-?\d+(?:\.\d+)?)(?![\d-]|\s*(?:hours?|days?|weeks?|months?|%?\s*of))|(?<![\w-])(-?\d+(?:\.\d+)?)\s?\S{0,6}?\s?(?:을|를|에|까지)?\s?(?:넘|닿|도달|초과|밑|아래|이하|이상)/i.exec(
      question,
    );
  const value = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}
