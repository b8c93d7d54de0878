import type { Evidence } from "../../core/evidence.ts";

// A reading as its evidence carries it, read with care: the tool that made it may be newer than this page.

export type LimitState = "normal" | "outside-normal" | "alarm" | "unknown";

export type ReadingView = {
  tagId: string;
  name: string;
  nameKo: string | null;
  unit: string;
  limits: { normalLow: number | null; normalHigh: number | null; alarmLow: number | null; alarmHigh: number | null };
  latest: { at: string; value: number; stale: boolean; state: LimitState } | null;
  /** It differs from how the machine ran before, within the limits or not. */
  unusual: boolean;
  points: { at: number; min: number; max: number; mean: number }[];
};

type Fields = Record<string, unknown>;

/** The readings that a piece of evidence holds: of one tag, or of each of several. */
export function readingsOf({ kind, data }: Evidence): ReadingView[] {
  if (kind !== "reading" && kind !== "chart") return [];
  const it = fields(data);
  return (Array.isArray(it["tags"]) ? it["tags"] : [it]).map(readingOfTag).filter((reading) => reading !== null);
}

function readingOfTag(data: unknown): ReadingView | null {
  const it = fields(data);
  const tag = fields(it["tag"]);
  if (typeof tag["id"] !== "string") return null;
  const latest = fields(it["latest"]);
  const value = numberOf(latest["value"]);
  const state = stateOf(latest["state"] ?? it["limitState"]);
  return {
    tagId: tag["id"],
    name: typeof tag["name"] === "string" ? tag["name"].replaceAll("_", " ") : tag["id"],
    nameKo: typeof tag["nameKo"] === "string" ? tag["nameKo"] : null,
    unit: typeof tag["unit"] === "string" ? tag["unit"] : "",
    limits: {
      normalLow: numberOf(tag["normalLow"]),
      normalHigh: numberOf(tag["normalHigh"]),
      alarmLow: numberOf(tag["alarmLow"]),
      alarmHigh: numberOf(tag["alarmHigh"]),
    },
    latest: value === null ? null : { at: String(latest["at"] ?? ""), value, stale: latest["stale"] === true, state },
    unusual: it["verdict"] === "abnormal" || it["verdict"] === "watch",
    points: (Array.isArray(it["points"]) ? it["points"] : []).map(pointOf).filter((point) => point !== null),
  };
}

export type Gauge = { normal: [number, number]; value: number; alarms: number[] };

/** Places on a bar from 0 to 100 for the value, the normal band and the alarm limits; null without any limit. */
export function gaugeOf({ latest, limits }: ReadingView): Gauge | null {
  if (!latest) return null;
  const { normalLow, normalHigh, alarmLow, alarmHigh } = limits;
  const known = [normalLow, normalHigh, alarmLow, alarmHigh].filter((limit) => limit !== null);
  if (known.length === 0) return null;
  const all = [...known, latest.value];
  const spread = Math.max(...all) - Math.min(...all) || Math.abs(latest.value) || 1;
  const low = Math.min(...all) - spread * 0.12;
  const high = Math.max(...all) + spread * 0.12;
  const place = (value: number): number => ((value - low) / (high - low)) * 100;
  return {
    normal: [normalLow === null ? 0 : place(normalLow), normalHigh === null ? 100 : place(normalHigh)],
    value: place(latest.value),
    alarms: [alarmLow, alarmHigh].filter((limit) => limit !== null).map(place),
  };
}

function pointOf(value: unknown): ReadingView["points"][number] | null {
  const it = fields(value);
  const [min, max, mean] = [numberOf(it["min"]), numberOf(it["max"]), numberOf(it["mean"])];
  const at = Date.parse(String(it["at"]));
  return min === null || max === null || mean === null || Number.isNaN(at) ? null : { at, min, max, mean };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function stateOf(value: unknown): LimitState {
  return value === "normal" || value === "outside-normal" || value === "alarm" ? value : "unknown";
}
