import type { CollectorCounts } from "../collector-counts.ts";
import type { HeardReading } from "../reading-intake.ts";
import { decodeRegisters } from "./decode-registers.ts";
import type { ModbusLine } from "./modbus-line.ts";
import type { ModbusCollectorSettings, ModbusRegister } from "./modbus-settings.ts";
import { isBit, planReads, type ModbusRead } from "./plan-reads.ts";

/** What a machine refused is asked for again after this span. */
const refusedMs = 60_000;

/** Reads every tag once a call; what a machine refuses doesn't keep the others from being read. */
export function createPoll(settings: ModbusCollectorSettings, counts: CollectorCounts, now: () => Date) {
  let reads = planReads(settings);
  const refusedUntil = new Map<string, number>();

  function readingOf(tag: ModbusRegister, read: ModbusRead, data: number[], atMs: number): HeardReading[] {
    const from = tag.address - read.address;
    const value = isBit(tag.table) ? (data[from] ?? Number.NaN) : decodeRegisters(data.slice(from), tag);
    const name = tag.name ?? tag.id;
    if (!Number.isFinite(value)) counts.leaveOut("NaN or infinite", tag.id);
    else if (tag.no_value?.includes(value)) counts.leaveOut("the machine's mark for no value", `${tag.id} = ${value}`);
    else {
      const found = { id: tag.id, equipment: tag.equipment, name, unit: tag.unit ?? null };
      return [{ tag: found, atMs, value, quality: "good" }];
    }
    return [];
  }

  function refuse(read: ModbusRead, why: string, nowMs: number): void {
    const [tag] = read.tags;
    if (read.tags.length > 1 || !tag) {
      // One bad address spoils the whole read: from now on each of them is asked for alone.
      reads = reads.flatMap((one) => (one === read ? one.tags.flatMap((each) => planReads(settings, [each])) : [one]));
      return;
    }
    refusedUntil.set(tag.id, nowMs + refusedMs);
    counts.note(tag.id, `${tag.id} (${tag.table} ${tag.address}, unit ${read.unitId}) is refused: ${why}`);
    counts.leaveOut(`refused by the machine: ${why}`, `${tag.id} (${tag.table} ${tag.address})`);
  }

  /** Rejects where the line breaks; what was read before is in `heard` all the same. */
  return async function poll(line: ModbusLine, heard: (readings: HeardReading[]) => void): Promise<void> {
    for (const read of reads) {
      const nowMs = now().getTime();
      const waits = read.tags.length === 1 && (refusedUntil.get(read.tags[0]?.id ?? "") ?? 0) > nowMs;
      if (waits) continue;
      const data = await line.read(read);
      if ("refused" in data) {
        refuse(read, data.refused, nowMs);
        continue;
      }
      for (const tag of read.tags) if (refusedUntil.delete(tag.id)) counts.note(tag.id, null);
      const atMs = now().getTime();
      heard(read.tags.flatMap((tag) => readingOf(tag, read, data, atMs)));
    }
  };
}
