// Tokens of TDS 7.4 that a stand-in for SQL Server answers with, after MS-TDS 2.2.7.

export type Cell = string | number | null;
export type TdsRows = { columns: Record<string, "text" | "bigint" | "float">; rows: Cell[][] };

const u8 = (value: number) => Buffer.from([value]);
const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const ucs2 = (text: string) => Buffer.from(text, "utf16le");
const shortText = (text: string) => Buffer.concat([u8(text.length), ucs2(text)]);
const longText = (text: string) => Buffer.concat([u16(text.length), ucs2(text)]);
const sized = (token: number, body: Buffer) => Buffer.concat([u8(token), u16(body.length), body]);

/** Options of a prelogin: a version, and no encryption. */
export function prelogin(): Buffer {
  const version = Buffer.from([16, 0, 0, 0, 0, 0]);
  const option = (kind: number, offset: number, length: number) => Buffer.from([kind, 0, offset, 0, length]);
  return Buffer.concat([option(0, 11, 6), option(1, 17, 1), u8(0xff), version, u8(2)]);
}

export const loginAck = () =>
  sized(0xad, Buffer.concat([u8(1), Buffer.from([0x74, 0, 0, 4]), shortText("Stand-in"), Buffer.from([16, 0, 0, 0])]));

/** DONE, or with 0xfe DONEPROC; status 0x20 acknowledges an attention. */
export const done = (token = 0xfd, status = 0) => Buffer.concat([u8(token), u16(status), u16(0), u64(0)]);

const descriptor = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
export const transactionBegun = () => sized(0xe3, Buffer.concat([u8(8), u8(8), descriptor, u8(0)]));
export const transactionEnded = (kind: "commit" | "rollback") =>
  sized(0xe3, Buffer.concat([u8(kind === "commit" ? 9 : 10), u8(0), u8(8), descriptor]));

export function errorToken(number: number, message: string): Buffer {
  return sized(
    0xaa,
    Buffer.concat([u32(number), u8(1), u8(16), longText(message), shortText("plant"), shortText(""), u32(1)]),
  );
}

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const typeInfo = {
  text: Buffer.concat([u8(0xe7), u16(8_000), collation]),
  bigint: Buffer.from([0x26, 8]),
  float: Buffer.from([0x6d, 8]),
};

function cellOf(type: keyof typeof typeInfo, value: Cell): Buffer {
  if (type === "text") {
    if (value === null) return u16(0xffff);
    const text = ucs2(String(value));
    return Buffer.concat([u16(text.length), text]);
  }
  if (value === null) return u8(0);
  const number = type === "bigint" ? u64(Number(value)) : Buffer.from(Float64Array.of(Number(value)).buffer);
  return Buffer.concat([u8(8), number]);
}

export function rowsToken({ columns, rows }: TdsRows): Buffer {
  const named = Object.entries(columns);
  const metadata = named.map(([name, type]) => Buffer.concat([u32(0), u16(1), typeInfo[type], shortText(name)]));
  const body = rows.map((row) =>
    Buffer.concat([u8(0xd1), ...named.map(([, type], index) => cellOf(type, row[index] ?? null))]),
  );
  return Buffer.concat([u8(0x81), u16(named.length), ...metadata, ...body]);
}
