import type { Zone } from "../../import/values/zoned-time.ts";
import { doubted, judgeTime } from "../judge-time.ts";
import type { HeardReading } from "../reading-intake.ts";
import type { BrokerMessage } from "./broker-session.ts";
import type { MqttCollectorSettings } from "./mqtt-settings.ts";
import { readPayload } from "./read-payload.ts";
import { compileTopic, fillTemplate } from "./topic-template.ts";

export type MessageRead = { readings: HeardReading[]; leftOut: { reason: string; example: string }[] };
export type MessageReader = {
  /** What to subscribe to. */
  filters: string[];
  /** `receipt` is asked only where a reading has no time of its own that can be believed. */
  read(message: BrokerMessage, receipt: () => number): MessageRead;
};

/** From a message to readings, by the first topic rule that it fits. */
export function createMessageReader(settings: MqttCollectorSettings, zone: Zone): MessageReader {
  const rules = settings.topics.map((rule) => ({ rule, template: compileTopic(rule.topic) }));
  const toleranceMs = settings.clock_tolerance_s * 1000;
  const equipmentOf = new Map(settings.tags.map((tag) => [tag.id, tag.equipment]));

  return {
    filters: [...new Set(rules.map(({ template }) => template.filter))],
    read(message, receipt) {
      const fitting = rules.flatMap(({ rule, template }) => {
        const names = template.match(message.topic);
        return names ? [{ rule, names }] : [];
      })[0];
      if (!fitting) return { readings: [], leftOut: [{ reason: "a topic that no rule fits", example: "" }] };
      const { rule, names } = fitting;
      const { readings, leftOut } = readPayload(rule, names, message.payload);
      const kept: HeardReading[] = [];
      let receivedMs: number | null = null;
      for (const one of readings) {
        const example = `${one.tag} = ${one.value}`;
        const known = { ...names, tag: one.tag, ...(one.equipment === null ? {} : { equipment: one.equipment }) };
        const id = fillTemplate(rule.id ?? (one.equipment === null ? "{tag}" : "{equipment}.{tag}"), known);
        const equipment = one.equipment ?? (id === null ? null : (equipmentOf.get(id) ?? null));
        if (id === null || equipment === null) {
          leftOut.push({ reason: "a reading that names no machine", example });
          continue;
        }
        let time = judgeTime(one.time, message.receivedMs, toleranceMs, zone);
        if (time.from === "receipt") {
          // What the broker kept and has no time may be of any age: no reading of now.
          if (message.retained) {
            leftOut.push({ reason: "kept by the broker and without a time that can be believed", example });
            continue;
          }
          receivedMs ??= receipt();
          time = { ...time, atMs: receivedMs };
        }
        if ("doubt" in time)
          leftOut.push({
            reason: `${time.doubt}: time of receipt taken`,
            example: `${example} at ${String(one.time)}`,
          });
        const tag = { id, equipment, name: one.tag, unit: one.unit };
        kept.push({ tag, atMs: time.atMs, value: one.value, quality: doubted(one.quality, time) });
      }
      return { readings: kept, leftOut };
    },
  };
}
