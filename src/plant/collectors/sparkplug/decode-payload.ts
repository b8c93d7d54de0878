// A Sparkplug B payload as plain values. The package's own decodePayload is not used: it gives 0 for a UInt32 that a
// sender put where the standard wants it, and null for every value of a message without data types, which is allowed.

export type SparkplugMetric = {
  name: string | null;
  alias: string | null;
  /** Number of the standard's data type; null where the message doesn't say it. */
  datatype: number | null;
  /** Undefined where it is of a kind that is no single value: a data set, a template, bytes. */
  value: number | boolean | string | null | undefined;
  timestampMs: number | null;
  /** Value of the property Quality: 192 good, 500 stale, 0 bad. */
  quality: number | null;
  unit: string | null;
};
export type SparkplugPayload = { timestampMs: number | null; seq: number | null; metrics: SparkplugMetric[] };

type Wide = number | { low: number; high: number; unsigned?: boolean };
export type ProtoMetric = {
  name?: string | null;
  alias?: Wide | null;
  timestamp?: Wide | null;
  datatype?: number | null;
  isNull?: boolean | null;
  properties?: { keys?: string[] | null; values?: ProtoProperty[] | null } | null;
  /** The name of the field that is set. */
  value?: string;
  intValue?: number | null;
  longValue?: Wide | null;
  floatValue?: number | null;
  doubleValue?: number | null;
  booleanValue?: boolean | null;
  stringValue?: string | null;
};
type ProtoProperty = Pick<ProtoMetric, "intValue" | "stringValue"> & { longValue?: Wide | null; value?: string };
export type ProtoPayload = { timestamp?: Wide | null; seq?: Wide | null; metrics?: ProtoMetric[] | null };

const types = { int8: 1, int16: 2, int32: 3, int64: 4, dateTime: 13 };

export function toPayload(proto: ProtoPayload): SparkplugPayload {
  const has = (name: keyof ProtoPayload) => Object.hasOwn(proto, name);
  return {
    timestampMs: has("timestamp") ? wide(proto.timestamp) : null,
    seq: has("seq") ? wide(proto.seq) : null,
    metrics: (proto.metrics ?? []).map(toMetric),
  };
}

function toMetric(metric: ProtoMetric): SparkplugMetric {
  const has = (name: keyof ProtoMetric) => Object.hasOwn(metric, name) && metric[name] != null;
  const properties = new Map((metric.properties?.keys ?? []).map((key, at) => [key, metric.properties?.values?.[at]]));
  const quality = properties.get("Quality") ?? properties.get("quality");
  const unit = properties.get("engUnit") ?? properties.get("Engineering Units") ?? properties.get("unit");
  return {
    name: has("name") ? (metric.name ?? null) : null,
    alias: has("alias") ? String(wide(metric.alias)) : null,
    datatype: has("datatype") ? (metric.datatype ?? null) : null,
    value: metric.isNull ? null : valueOf(metric),
    timestampMs: has("timestamp") ? wide(metric.timestamp) : null,
    quality: quality ? (quality.value === "longValue" ? wide(quality.longValue) : (quality.intValue ?? null)) : null,
    unit: unit?.stringValue || null,
  };
}

function valueOf(metric: ProtoMetric): SparkplugMetric["value"] {
  switch (metric.value) {
    case "intValue":
      return metric.intValue ?? null;
    case "longValue":
      return wide(metric.longValue);
    case "floatValue":
      // As many digits as 32 bits hold.
      return Number((metric.floatValue ?? Number.NaN).toPrecision(7));
    case "doubleValue":
      return metric.doubleValue ?? null;
    case "booleanValue":
      return metric.booleanValue ?? null;
    case "stringValue":
      return metric.stringValue ?? null;
    case undefined:
      return null;
    default:
      return undefined;
  }
}

function wide(value: Wide | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? value : (value.high >>> 0) * 2 ** 32 + (value.low >>> 0);
}

/** Integers travel without a sign; the data type, of the message or of the birth, says how to read them. */
export function withSign(value: number, datatype: number | null): number | { refused: string } {
  switch (datatype) {
    case types.int8:
      return (value << 24) >> 24;
    case types.int16:
      return (value << 16) >> 16;
    case types.int32:
      return value | 0;
    case types.int64:
      return value >= 2 ** 63 ? value - 2 ** 64 : value;
    case types.dateTime:
      return { refused: "a time, not a number" };
    default:
      return value;
  }
}
