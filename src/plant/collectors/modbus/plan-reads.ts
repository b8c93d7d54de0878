import { registersOf, type ModbusCollectorSettings, type ModbusRegister } from "./modbus-settings.ts";

/** Neighbouring registers of one unit and table, asked for at once. */
export type ModbusRead = {
  unitId: number;
  table: ModbusRegister["table"];
  address: number;
  length: number;
  tags: ModbusRegister[];
};

/** As few reads as the settings allow; every register of a value in the same one. */
export function planReads(settings: ModbusCollectorSettings, tags = settings.tags): ModbusRead[] {
  const unitOf = (tag: ModbusRegister) => tag.unit_id ?? settings.unit_id;
  const sorted = tags.toSorted(
    (a, b) => unitOf(a) - unitOf(b) || a.table.localeCompare(b.table) || a.address - b.address,
  );
  const reads: ModbusRead[] = [];
  for (const tag of sorted) {
    const end = tag.address + lengthOf(tag);
    const last = reads.at(-1);
    const near =
      last !== undefined &&
      last.unitId === unitOf(tag) &&
      last.table === tag.table &&
      tag.address <= last.address + last.length + settings.read_over &&
      end - last.address <= settings.most_registers;
    if (!near)
      reads.push({ unitId: unitOf(tag), table: tag.table, address: tag.address, length: lengthOf(tag), tags: [tag] });
    else {
      last.length = Math.max(last.length, end - last.address);
      last.tags.push(tag);
    }
  }
  return reads;
}

const lengthOf = (tag: ModbusRegister): number => (isBit(tag.table) ? 1 : registersOf(tag.type));
export const isBit = (table: ModbusRegister["table"]): boolean => table === "coil" || table === "discrete";
