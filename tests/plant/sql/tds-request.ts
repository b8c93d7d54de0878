/** A call of sp_executesql as it came over the wire: its statement, how it declares its parameters, and their values. */
export type RpcCall = { procedure: number; statement: string; declared: string; values: unknown[] };

/** Reads parameters of the types that mssql sends for us: NVARCHAR, BIGINT, FLOAT, BIT. */
export function readRpc(payload: Buffer): RpcCall {
  let at = payload.readUInt32LE(0); // ALL_HEADERS
  const take = (bytes: number) => payload.subarray(at, (at += bytes));
  if (take(2).readUInt16LE() !== 0xffff) throw new Error("A procedure by its name: ours is called by its number.");
  const procedure = take(2).readUInt16LE();
  take(2);
  const values: unknown[] = [];
  while (at < payload.length) {
    take(take(1).readUInt8() * 2 + 1); // name and status
    values.push(readValue(take));
  }
  const [statement = "", declared = "", ...others] = values;
  return { procedure, statement: String(statement), declared: String(declared), values: others };
}

function readValue(take: (bytes: number) => Buffer): unknown {
  const type = take(1).readUInt8();
  if (type === 0xe7) {
    const longest = take(2).readUInt16LE();
    take(5);
    if (longest !== 0xffff) {
      const length = take(2).readUInt16LE();
      return length === 0xffff ? null : take(length).toString("utf16le");
    }
    if (take(8).readBigUInt64LE() === 0xffff_ffff_ffff_ffffn) return null;
    const chunks: Buffer[] = [];
    for (let size = take(4).readUInt32LE(); size > 0; size = take(4).readUInt32LE()) chunks.push(take(size));
    return Buffer.concat(chunks).toString("utf16le");
  }
  take(1);
  const value = take(take(1).readUInt8());
  if (value.length === 0) return null;
  if (type === 0x26) return Number(value.length === 8 ? value.readBigInt64LE() : value.readInt32LE());
  if (type === 0x6d) return value.readDoubleLE();
  if (type === 0x68) return value.readUInt8() === 1;
  throw new Error(`A parameter of type 0x${type.toString(16)} is not expected.`);
}
