import { toSunbaeError } from "../../core/errors.ts";
import type { Logger } from "../../observability/logger.ts";
import type { PlantWriter, TagReadings } from "../plant-writer.ts";
import type { Quality } from "../sensor-store.ts";
import type { CollectorCounts } from "./collector-counts.ts";
import { createReadingBuffer, type TagReading } from "./reading-buffer.ts";
import type { FoundTag, TagBook } from "./tag-book.ts";

/** A reading as a source gave it, before scaling. */
export type HeardReading = { tag: FoundTag; atMs: number; value: number; quality: Quality };

export type ReadingIntake = {
  /** Resolves once all that may be kept of them is in the database; what may not is counted. */
  take(heard: HeardReading[]): Promise<void>;
  room(): Promise<void>;
  flush(): void;
  close(): Promise<void>;
};

export type ReadingIntakeOptions = {
  settings: { name: string; batch_ms: number; batch_readings: number };
  writer: Pick<PlantWriter, "appendReadings">;
  book: TagBook;
  counts: CollectorCounts;
  logger: Logger;
  /** What must be in the database before the readings are. */
  beforeWrite?: () => Promise<void>;
};

/** From what was heard to the database: names, scaling, units, then together and confirmed. */
export function createReadingIntake(options: ReadingIntakeOptions): ReadingIntake {
  const { settings, writer, book, counts, logger, beforeWrite } = options;
  let troubled = false;

  async function write(batch: TagReadings[]): Promise<void> {
    await book.declare();
    await beforeWrite?.();
    const { written } = await writer.appendReadings(batch);
    counts.written(written, newestOf(batch));
  }

  function onTrouble(thrown: unknown): void {
    counts.storing(thrown === null ? null : `readings wait, because they can't be written: ${messageOf(thrown)}`);
    if (thrown !== null && toSunbaeError(thrown).code === "invalid_input") book.forget();
    if ((thrown !== null) === troubled) return;
    troubled = thrown !== null;
    if (troubled) logger.warn({ collector: settings.name, error: messageOf(thrown) }, "readings can't be written now");
    else logger.info({ collector: settings.name }, "readings are written again");
  }

  const buffer = createReadingBuffer({
    write,
    onTrouble,
    batchMs: settings.batch_ms,
    batchReadings: settings.batch_readings,
  });

  function accept({ tag, atMs, value, quality }: HeardReading): TagReading[] {
    const booked = book.book(tag);
    const example = `${tag.id} = ${value}`;
    if ("refused" in booked) counts.leaveOut(booked.refused, example);
    else if (tag.unit && booked.unit && booked.scale === 1 && !sameUnit(tag.unit, booked.unit))
      counts.leaveOut(`a unit that is not the tag's`, `${example} ${tag.unit}, not ${booked.unit}`);
    else {
      const scaled = value * booked.scale + booked.offset;
      if (Number.isFinite(scaled)) return [{ tagId: booked.id, atMs, value: scaled, quality }];
      counts.leaveOut("NaN or infinite", example);
    }
    return [];
  }

  return {
    take: (heard) => buffer.take(heard.flatMap(accept)),
    room: buffer.room,
    flush: buffer.flush,
    close: buffer.close,
  };
}

const messageOf = (thrown: unknown): string => toSunbaeError(thrown).message;
const plainUnit = (unit: string): string => unit.normalize("NFKC").replace(/[\s°]/g, "");
/** mW is not MW, so only blanks, degree signs and code points of the same look are passed over. */
const sameUnit = (one: string, other: string): boolean => plainUnit(one) === plainUnit(other);

function newestOf(batch: TagReadings[]): number {
  let newest = -Infinity;
  for (const { times } of batch) for (const time of times) newest = Math.max(newest, time);
  return newest;
}
