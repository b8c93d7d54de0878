import { valueAt } from "../../mes/rest/json-path.ts";
import type { Quality } from "../../sensor-store.ts";
import { readValue } from "../read-value.ts";
import type { MqttRule } from "./mqtt-settings.ts";

/** A reading as a message gave it; `time` as it was written. */
export type PayloadReading = {
  tag: string;
  equipment: string | null;
  value: number;
  unit: string | null;
  time: unknown;
  quality: Quality;
};
export type PayloadRead = { readings: PayloadReading[]; leftOut: { reason: string; example: string }[] };

const usual = {
  value: ["value", "v", "val"],
  time: ["time", "timestamp", "ts", "t", "datetime"],
  unit: ["unit", "units"],
};
const mostItems = 10_000;
const longestPayload = 4_000_000;

/** The readings of one message. `names` are the values of the topic's names. Never throws. */
export function readPayload(rule: MqttRule, names: Record<string, string>, payload: Buffer): PayloadRead {
  const found: PayloadRead = { readings: [], leftOut: [] };
  const refuse = (reason: string, example: unknown) => void found.leftOut.push({ reason, example: exampleOf(example) });
  if (payload.length === 0) return found;
  if (payload.length > longestPayload) {
    refuse("a message over 4 MB", names["tag"] ?? "");
    return found;
  }
  const text = payload.toString("utf8").replace(/^\ufeff/, "");
  const json = parse(text);
  const content = json === undefined ? text : json;
  const items = rule.items === undefined ? content : valueAt(content, rule.items);
  const list = Array.isArray(items) ? items : [items];
  if (list.length > mostItems) refuse(`a message of more than ${mostItems} readings`, text);
  for (const item of list.slice(0, mostItems)) readItem(item);
  return found;

  function readItem(item: unknown): void {
    const time = pick(item, rule.time, usual.time) ?? pick(content, rule.time, usual.time);
    const quality = qualityOf(rule, item, content);
    const equipment = textAt(item, rule.equipment_field) ?? names["equipment"] ?? rule.equipment ?? null;
    const about = { equipment, time, quality };
    const tag = textAt(item, rule.tag_field) ?? names["tag"];
    const value = isObject(item) ? pick(item, rule.value, usual.value) : item;
    if (rule.values === undefined && (tag !== undefined || value !== undefined || !isObject(item))) {
      if (tag === undefined) return refuse("a message that names no tag", text);
      if (value === undefined) return refuse(`no value under ${rule.value ?? usual.value.join(", ")}`, text);
      return add(tag, value, textOf(pick(item, rule.unit, usual.unit)), about);
    }
    const values = rule.values === undefined ? item : valueAt(item, rule.values);
    if (!isObject(values)) return refuse(`no object under ${rule.values ?? "the payload"}`, text);
    const aside = new Set(
      rule.values === undefined
        ? [...asideOf(rule), ...(rule.time === undefined ? usual.time : []), ...usual.unit]
        : [],
    );
    for (const [key, each] of Object.entries(values)) {
      if (aside.has(key)) continue;
      // {"temp": {"value": 1, "time": …}}: what stands with the value goes before what stands with all.
      const inner = isObject(each) ? pick(each, rule.value, usual.value) : each;
      const own = isObject(each)
        ? { ...about, time: pick(each, rule.time, usual.time) ?? time, quality: qualityOf(rule, each, item) }
        : about;
      if (typeof inner === "string" && "refused" in readValue(inner)) continue;
      add(
        tag === undefined ? key : `${tag}.${key}`,
        inner,
        isObject(each) ? textOf(pick(each, rule.unit, usual.unit)) : null,
        own,
      );
    }
  }

  function add(tag: string, sent: unknown, unit: string | null, about: Omit<PayloadReading, "tag" | "value" | "unit">) {
    const read = readValue(sent);
    if ("refused" in read) refuse(read.refused, `${tag}: ${exampleOf(sent)}`);
    else found.readings.push({ tag, value: read.value, unit: unit ?? read.unit, ...about });
  }
}

/** Some senders write NaN and Infinity, which JSON does not know, amid good values. */
const strangers = /([:[,]\s*)([+-]?(?:NaN|Infinity))(?=\s*[,\]}])/g;

function parse(text: string): unknown {
  for (const attempt of [text, text.replace(strangers, '$1"$2"')])
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      // The next attempt, or a plain text.
    }
  return undefined;
}

function qualityOf({ quality }: MqttRule, item: unknown, whole: unknown): Quality {
  if (!quality) return "good";
  const sent = valueAt(item, quality.field) ?? valueAt(whole, quality.field);
  if (sent === undefined || sent === null) return "good";
  const folded = fold(sent);
  if (quality.good.some((one) => fold(one) === folded)) return "good";
  return quality.uncertain.some((one) => fold(one) === folded) ? "uncertain" : "bad";
}

const fold = (sent: unknown): string => String(sent).trim().toLowerCase();
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asideOf = (rule: MqttRule): string[] =>
  [rule.time, rule.quality?.field, rule.equipment_field, rule.tag_field, rule.unit].filter(
    (path) => path !== undefined,
  );

function pick(item: unknown, path: string | undefined, names: string[]): unknown {
  if (path !== undefined) return valueAt(item, path);
  if (!isObject(item)) return undefined;
  const name = names.find((one) => Object.hasOwn(item, one));
  return name === undefined ? undefined : item[name];
}

const textOf = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null;
const textAt = (item: unknown, path: string | undefined): string | undefined =>
  path === undefined ? undefined : (textOf(valueAt(item, path)) ?? undefined);
const exampleOf = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))).slice(0, 120);
