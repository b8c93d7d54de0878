import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import type { SensorStore } from "../../src/plant/sensor-store.ts";
import { createEmbeddedSensorStore } from "../../src/plant/sensors/embedded-sensor-store.ts";
import { openTestDatabase } from "../support/database.ts";
import { percentile, type Measurement } from "./measurement.ts";
import { openPlainReadings, type PlainReadings } from "./plain-readings.ts";

// The budgets of DESIGN.md on readings, beside the same in a plain table of a Postgres on this machine.

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const start = Date.parse("2026-01-01T00:00:00Z");
const readingsPerDay = 86_400;
const tagIds = ["M.t0", "M.t1", "M.t2", "M.t3"];
const liveTags = Array.from({ length: 2_000 }, (_, index) => `L.t${index}`);
const liveSeconds = 25;
const perSecond = 10;

type Batch = { tagId: string; times: number[]; values: number[] }[];
type Write = (batch: Batch) => Promise<unknown>;

/** A sensor's day at 1 Hz with three decimals, as most give. */
function sensorDay(tagId: string, dayIndex: number): Batch {
  const times = Array.from({ length: readingsPerDay }, (_, index) => start + dayIndex * day + index * second);
  const values = times.map(
    (time, index) => Math.round((40 + 5 * Math.sin(time / 4e6) + ((index * 7_919) % 1_000) / 1_000) * 1_000) / 1_000,
  );
  return [{ tagId, times, values }];
}

/** 2,000 tags at 10 Hz, as a collector hands them over once a second. */
function liveGroup(index: number): Batch {
  const times = Array.from({ length: perSecond }, (_, at) => start + (index * perSecond + at) * 100);
  return liveTags.map((tagId) => ({ tagId, times, values: times.map((_, at) => index + at / 8) }));
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Readings a second, of all days of all tags, and of what comes live. */
async function fill(days: number, write: Write): Promise<{ bulk: number; live: number }> {
  let filling = 0;
  for (let index = 0; index < days; index++)
    for (const tagId of tagIds) {
      const part = sensorDay(tagId, index);
      filling += await took(() => write(part));
    }
  let living = 0;
  for (let index = 0; index < liveSeconds; index++) {
    const group = liveGroup(index);
    living += await took(() => write(group));
  }
  const rate = (readings: number, ms: number) => (readings * 1_000) / ms;
  return {
    bulk: rate(days * tagIds.length * readingsPerDay, filling),
    live: rate(liveSeconds * perSecond * liveTags.length, living),
  };
}

type Ask = (tagId: string, fromMs: number, toMs: number, buckets: number) => Promise<number>;

/** The 95th percentile in milliseconds; every round looks elsewhere. */
async function measureWindow(
  ask: Ask,
  days: number,
  lengthMs: number,
  buckets: number,
  rounds: number,
): Promise<number> {
  const ms: number[] = [];
  const room = Math.max(1, days * 24 - lengthMs / hour);
  for (let round = 0; round < rounds; round++) {
    const from = start + ((round * 25) % room) * hour;
    const tagId = tagIds[round % tagIds.length] ?? "";
    let points = 0;
    ms.push(await took(async () => (points = await ask(tagId, from, from + lengthMs, buckets))));
    if (points < buckets * 0.99) throw new Error(`A window of ${buckets} buckets gave ${points} points.`);
  }
  return percentile(ms, 0.95);
}

const askStore =
  (store: SensorStore): Ask =>
  async (tagId, fromMs, toMs, maxPoints) =>
    (await store.window({ tagId, from: new Date(fromMs), to: new Date(toMs), maxPoints })).length;

const askPlain =
  (plain: PlainReadings): Ask =>
  (tagId, fromMs, toMs, buckets) =>
    plain.buckets(tagId, fromMs, toMs, (toMs - fromMs) / buckets);

/** Fills `readings` at 1 Hz over four tags, a month each where it is ten million, then measures. */
export async function measureReadings({ readings = 10_000_000 } = {}): Promise<Measurement[]> {
  const days = Math.max(2, Math.ceil(readings / readingsPerDay / tagIds.length));
  const filled = days * tagIds.length * readingsPerDay;
  const long = { lengthMs: (days - 1) * day, buckets: (days - 1) * 24 };
  const windows = async (ask: Ask) => ({
    day: await measureWindow(ask, days, day, 1_440, 40),
    month: await measureWindow(ask, days, long.lengthMs, long.buckets, 12),
  });

  const database = await openTestDatabase();
  const plain = await openPlainReadings(tagIds);
  try {
    const writer = createEmbeddedPlantWriter(database);
    await writer.declareSource({ name: "bench", title: "Bench", timeZone: "UTC", sample: true });
    await writer.upsert(
      "tags",
      "bench",
      [...tagIds, ...liveTags].map((id) => ({ id })),
    );
    const written = await fill(days, (batch) => writer.appendReadings(batch));
    const asked = await windows(askStore(createEmbeddedSensorStore(database)));
    const { rows } = await database.pool.query<{ bytes: number }>(
      "SELECT (pg_total_relation_size('reading_blocks') + pg_total_relation_size('latest_readings'))::float8 AS bytes",
    );
    const other = plain && (await measurePlain(plain, days, windows));

    const title = `${(filled / 1e6).toFixed(1)} M readings`;
    const floor = (measured: number | undefined) =>
      other && measured !== undefined
        ? { floor: { what: `a plain table, ${other.version}`, measured } }
        : { note: "no Postgres on this machine to compare with" };
    return [
      {
        what: "readings written live, 2,000 tags at 10 Hz in groups of a second",
        budget: 20_000,
        measured: written.live,
        unit: "readings/s",
        atLeast: true,
        ...floor(other?.live),
      },
      {
        what: "readings written in bulk",
        budget: 400_000,
        measured: written.bulk,
        unit: "readings/s",
        atLeast: true,
        ...floor(other?.bulk),
      },
      {
        what: `a day by minutes over ${title}, p95`,
        budget: 60,
        measured: asked.day,
        unit: "ms",
        ...floor(other?.day),
      },
      {
        what: `${days - 1} days by hours over ${title}, p95`,
        budget: null,
        measured: asked.month,
        unit: "ms",
        ...floor(other?.month),
      },
      {
        what: `size of ${title}`,
        budget: 100 * (filled / 1e7) + 20,
        measured: (rows[0]?.bytes ?? 0) / 1e6,
        unit: "MB",
        ...floor(other?.megabytes),
      },
      ...(other ? adapterRows(other, title, days) : []),
    ];
  } finally {
    await plain?.close();
    await database.close();
  }
}

type Windows = (ask: Ask) => Promise<{ day: number; month: number }>;

async function measurePlain(plain: PlainReadings, days: number, windows: Windows) {
  const written = await fill(days, (batch) => plain.write(batch));
  const megabytes = (await plain.bytes()) / 1e6;
  await plain.settle();
  return {
    version: plain.version,
    megabytes,
    ...written,
    ...(await windows(askPlain(plain))),
    adapter: await windows(askStore(plain.store)),
  };
}

/** What our reading of a plant's own table costs beside the bare query. */
function adapterRows(other: Awaited<ReturnType<typeof measurePlain>>, title: string, days: number): Measurement[] {
  const row = (what: string, measured: number, bare: number): Measurement => ({
    what: `${what} in a plant's own table of ${title}, p95`,
    budget: null,
    measured,
    unit: "ms",
    floor: { what: "the bare query", measured: bare },
  });
  return [
    row("a day by minutes", other.adapter.day, other.day),
    row(`${days - 1} days by hours`, other.adapter.month, other.month),
  ];
}
