import type { Doubt } from "../../plant/analysis/condition/doubt.ts";
import type { Reading, Tag } from "../../plant/sensor-store.ts";
import type { Unseen } from "../../plant/source.ts";
import type { LimitState } from "./limits.ts";

/** What `read_sensors` gives of one tag. */
export type SensorReading = {
  /** False where the period asked for (or, without one, the whole record) holds no reading. */
  found: boolean;
  tag: Tag;
  latest: {
    at: string;
    value: number;
    quality: Reading["quality"];
    ageMinutes: number;
    /** Older than five of its usual intervals. */
    stale: boolean;
    /** Dated later than now: somebody's clock is wrong. */
    future: boolean;
    state: LimitState;
  } | null;
  /** How often it is usually measured; null where that can't be told. */
  usualMinutes: number | null;
  /** Why the values may not be true. */
  doubts: { kind: Doubt["kind"]; weight: Doubt["weight"]; since: string | null; reason: Doubt["reason"] }[];
  /** Why nothing could be read; null where it could. */
  unseen: { source: string; since: string; reason: Unseen["reason"] } | null;
  window: {
    from: string;
    to: string;
    count: number;
    min: number | null;
    max: number | null;
    mean: number | null;
    median: number | null;
    standardDeviation: number | null;
    first: string | null;
    last: string | null;
  };
  /** Equal buckets of the window, for a chart; empty buckets are left out. */
  points: { at: string; min: number; max: number; mean: number; count: number }[];
  /** All readings on record. */
  coverage: { from: string; to: string; count: number } | null;
};
