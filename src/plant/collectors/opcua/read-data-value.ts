import type { Zone } from "../../import/values/zoned-time.ts";
import type { Quality } from "../../sensor-store.ts";
import { doubted, judgeTime } from "../judge-time.ts";
import { readValue } from "../read-value.ts";
import type { HeardReading } from "../reading-intake.ts";
import type { FoundTag } from "../tag-book.ts";

/** What we use of node-opcua's DataValue; numbers of its enumerations as the standard has them. */
export type SentValue = {
  value?: { dataType: number; value: unknown } | null;
  statusCode: { value: number; name: string; hasOverflowBit?: boolean };
  sourceTimestamp?: Date | null;
  serverTimestamp?: Date | null;
};

export type ValueOptions = {
  index?: number | undefined;
  timestamps: "source" | "server";
  toleranceMs: number;
  receivedMs: number;
  zone: Zone;
};

const dataTypes = { int64: 8, uint64: 9, float: 10, dateTime: 13 };

/** A value of a variable as a reading, or why it is none. `doubt`: it is kept, but something is odd about it. */
export function readDataValue(
  tag: FoundTag,
  sent: SentValue,
  options: ValueOptions,
): { reading: HeardReading; doubt?: string } | { refused: string } {
  const { statusCode, value } = sent;
  const quality = qualityOf(statusCode.value);
  const read = numberOf(value, options.index);
  if ("refused" in read) return { refused: quality === "good" ? read.refused : `no value: ${statusCode.name}` };
  const stamps = [sent.sourceTimestamp, sent.serverTimestamp];
  if (options.timestamps === "server") stamps.reverse();
  const time = judgeTime(stamps[0] ?? stamps[1], options.receivedMs, options.toleranceMs, options.zone);
  const reading = { tag, atMs: time.atMs, value: read.value, quality: doubted(quality, time) };
  if ("doubt" in time) return { reading, doubt: `${time.doubt}: time of receipt taken` };
  if (statusCode.hasOverflowBit)
    return { reading, doubt: "the server's queue ran over before this value: raise queue_size" };
  return { reading };
}

/** The two highest bits of a status code say how bad it is. */
export function qualityOf(statusCode: number): Quality {
  const severity = statusCode >>> 30;
  return severity === 0 ? "good" : severity === 1 ? "uncertain" : "bad";
}

function numberOf(variant: SentValue["value"], index: number | undefined): ReturnType<typeof readValue> {
  if (!variant) return { refused: "no value" };
  const { dataType } = variant;
  let value = variant.value;
  if (dataType === dataTypes.dateTime) return { refused: "a time, not a number" };
  const wide = dataType === dataTypes.int64 || dataType === dataTypes.uint64;
  const isList = Array.isArray(value) ? !wide || Array.isArray(value[0]) : ArrayBuffer.isView(value) && !wide;
  if (isList) {
    const list = Array.from(value as ArrayLike<unknown>);
    if (index === undefined && list.length !== 1) return { refused: "an array (name one element by index)" };
    value = list[index ?? 0];
    if (value === undefined) return { refused: "an array that is shorter than index" };
  }
  if (wide && Array.isArray(value)) return readValue(wideNumber(value as number[], dataType === dataTypes.int64));
  // As many digits as 32 bits hold: 21.5 is not 21.5000001.
  if (dataType === dataTypes.float && typeof value === "number") return readValue(Number(value.toPrecision(7)));
  return readValue(value);
}

/** node-opcua gives 64 bits as two halves, the high one first. */
const wideNumber = ([high = 0, low = 0]: number[], signed: boolean): number =>
  (signed ? high | 0 : high) * 2 ** 32 + (low >>> 0);
