import { registersOf, type ModbusRegister } from "./modbus-settings.ts";

type Layout = Pick<ModbusRegister, "type" | "words" | "bytes" | "bit">;

/** The number in a value's registers, each 16 bits as the machine sent them; NaN where a float is none. */
export function decodeRegisters(registers: number[], { type, words, bytes, bit }: Layout): number {
  const count = registersOf(type);
  if (registers.length < count) return Number.NaN;
  const ordered = registers.slice(0, count);
  if (words === "little") ordered.reverse();
  const buffer = Buffer.alloc(count * 2);
  ordered.forEach((register, at) => {
    if (bytes === "big") buffer.writeUInt16BE(register, at * 2);
    else buffer.writeUInt16LE(register, at * 2);
  });
  if (bit !== undefined) return (buffer.readUInt16BE(0) >> bit) & 1;
  switch (type) {
    case "int16":
      return buffer.readInt16BE(0);
    case "uint16":
      return buffer.readUInt16BE(0);
    case "int32":
      return buffer.readInt32BE(0);
    case "uint32":
      return buffer.readUInt32BE(0);
    case "int64":
      return Number(buffer.readBigInt64BE(0));
    case "uint64":
      return Number(buffer.readBigUInt64BE(0));
    case "float32":
      // As many digits as the machine meant: 21.5 is not 21.5000001.
      return Number(buffer.readFloatBE(0).toPrecision(7));
    case "float64":
      return buffer.readDoubleBE(0);
  }
}
