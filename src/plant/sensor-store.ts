/** A measured quantity of a machine; `id` is unique in the plant ("CNC-07.spindle_vibration"). */
export type Tag = {
  id: string;
  equipmentId: string;
  name: string;
  nameKo: string | null;
  aliases: string[];
  unit: string | null;
  normalLow: number | null;
  normalHigh: number | null;
  /** Values beyond these raise an alarm at the machine. */
  alarmLow: number | null;
  alarmHigh: number | null;
  source: string;
};

/** As the source gave it: good, uncertain (late, substituted, stale) or bad (sensor failed; value not usable). */
export type Quality = "good" | "uncertain" | "bad";
export type Reading = { tagId: string; at: Date; value: number; quality: Quality };
/** How many readings were uncertain (they are in the figures) and how many bad (they are not); absent where none. */
export type Doubted = { uncertain?: number; bad?: number };
/** One bucket of a window: `at` is its start. A bucket with bad readings only is left out. */
export type WindowPoint = { at: Date; min: number; max: number; mean: number; count: number } & Doubted;
export type WindowSummary = Doubted & {
  tagId: string;
  /** Of good and uncertain readings, as are all the figures. */
  count: number;
  first: Date | null;
  last: Date | null;
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Sample standard deviation (n − 1); null below two readings. */
  standardDeviation: number | null;
  p05: number | null;
  median: number | null;
  p95: number | null;
};

/**
 * A source of sensor readings. Read-only. Rejects with SunbaeError `unavailable` where it can't be reached.
 * NaN and infinite values never come out.
 */
export type SensorStore = {
  tags(equipmentId?: string): Promise<Tag[]>;
  /** The newest reading of each tag, whatever its quality; tags without readings are absent. */
  latest(tagIds: string[]): Promise<Reading[]>;
  /** At most `maxPoints` buckets of equal width over [from, to); empty buckets are left out. */
  window(query: { tagId: string; from: Date; to: Date; maxPoints: number }): Promise<WindowPoint[]>;
  /** Statistics over [from, to), one per tag asked for, in the same order. */
  summarize(query: { tagIds: string[]; from: Date; to: Date }): Promise<WindowSummary[]>;
  /** First and last reading of each tag, with the number of readings, bad ones too. */
  coverage(tagIds: string[]): Promise<{ tagId: string; from: Date; to: Date; count: number }[]>;
};
