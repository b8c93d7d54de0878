// A block's bytes. Times are ascending integers in epoch milliseconds, values exact doubles.
//
//   0  format          1  time step in use     2  value width      3  decimals
//   4  count u32       8  first time f64       16 time unit u32    20 length of the times u32    24 value base f64
//   32 times: nothing where the step is regular (the unit is the step), else one varint of (difference / unit) each
//   .. values: doubles (width 8), or unsigned differences from the base in `width` bytes, scaled by 10^decimals
//   .. in format 2 alone, qualities: (good readings before, length, 1 uncertain or 2 bad) of each run, as varints
//
// Format 1 is of readings that are all good, as are all that were written before there was another.
// Sensors report few decimals: 0.8213 is kept as the integer 8213 where that gives the same double back. Numbers are
// little-endian, as all the platforms are that we run on.

/** `qualities`: 0 good, 1 uncertain, 2 bad; absent where all are good. */
export type Readings = { times: Float64Array; values: Float64Array; qualities?: Uint8Array | undefined };

export const [good, uncertain, bad] = [0, 1, 2];

const headerBytes = 32;
const regular = 1;
const varint = 2;
const maxDecimals = 6;
const units = [60_000, 1_000];

function commonUnit(times: Float64Array): number {
  return (
    units.find((unit) => times.every((time, index) => index === 0 || (time - (times[index - 1] ?? 0)) % unit === 0)) ??
    1
  );
}

function encodeTimes(times: Float64Array): { mode: number; unit: number; bytes: Uint8Array } {
  const step = times.length > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : 1;
  const isRegular = times.every((time, index) => time === (times[0] ?? 0) + index * step);
  if (isRegular && step < 2 ** 32) return { mode: regular, unit: step, bytes: new Uint8Array(0) };
  const unit = commonUnit(times);
  const bytes = new Uint8Array(times.length * 8);
  let length = 0;
  for (let index = 1; index < times.length; index++)
    length = putVarint(bytes, length, ((times[index] ?? 0) - (times[index - 1] ?? 0)) / unit);
  return { mode: varint, unit, bytes: bytes.subarray(0, length) };
}

/** Returns where the next one begins. */
function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  // No bit operators: a gap of a month is more than 32 bits of milliseconds.
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128;
  bytes[at++] = rest;
  return at;
}

function encodeQualities(qualities: Uint8Array | undefined): Uint8Array {
  if (!qualities?.some((quality) => quality !== good)) return new Uint8Array(0);
  // A run takes 3 numbers of at most 2 bytes, as a block has at most 2^14 readings, and of a single reading 3 bytes.
  const bytes = new Uint8Array(qualities.length * 6);
  let [length, before] = [0, 0];
  for (let index = 0; index < qualities.length;) {
    const quality = qualities[index] ?? good;
    let end = index + 1;
    while (end < qualities.length && qualities[end] === quality) end++;
    if (quality !== good) {
      for (const part of [index - before, end - index, quality]) length = putVarint(bytes, length, part);
      before = end;
    }
    index = end;
  }
  return bytes.subarray(0, length);
}

function decodeQualities(bytes: Buffer, start: number, count: number): Uint8Array {
  const qualities = new Uint8Array(count);
  let [at, index] = [start, 0];
  const next = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    index += next();
    const end = index + next();
    qualities.fill(next(), index, end);
    index = end;
  }
  return qualities;
}

function scaleOf(
  values: Float64Array,
): { decimals: number; scaled: Float64Array; base: number; width: 1 | 2 | 4 } | null {
  const scaled = new Float64Array(values.length);
  for (let decimals = 0; decimals <= maxDecimals; decimals++) {
    const factor = 10 ** decimals;
    let low = Infinity;
    let high = -Infinity;
    let index = 0;
    for (; index < values.length; index++) {
      const value = values[index] ?? 0;
      const whole = Math.round(value * factor);
      if (whole / factor !== value || Math.abs(whole) > Number.MAX_SAFE_INTEGER) break;
      scaled[index] = whole;
      if (whole < low) low = whole;
      if (whole > high) high = whole;
    }
    if (index < values.length) continue;
    const range = high - low;
    if (range >= 2 ** 32) return null;
    return { decimals, scaled, base: low, width: range < 256 ? 1 : range < 65_536 ? 2 : 4 };
  }
  return null;
}

const unsigned = {
  1: (source: Float64Array | ArrayBuffer) => new Uint8Array(source),
  2: (source: Float64Array | ArrayBuffer) => new Uint16Array(source),
  4: (source: Float64Array | ArrayBuffer) => new Uint32Array(source),
};

/** Packs readings; `times` ascend strictly and the arrays are of one length, at least 1. */
export function encodeReadings({ times, values, qualities }: Readings): Buffer {
  const time = encodeTimes(times);
  const scale = scaleOf(values);
  const packed = scale ? unsigned[scale.width](scale.scaled.map((whole) => whole - scale.base)) : values;
  const quality = encodeQualities(qualities);
  const valuesEnd = headerBytes + time.bytes.length + packed.byteLength;
  const bytes = Buffer.alloc(valuesEnd + quality.length);
  bytes[0] = quality.length > 0 ? 2 : 1;
  bytes[1] = time.mode;
  bytes[2] = scale?.width ?? 8;
  bytes[3] = scale?.decimals ?? 0;
  bytes.writeUInt32LE(times.length, 4);
  bytes.writeDoubleLE(times[0] ?? 0, 8);
  bytes.writeUInt32LE(time.unit, 16);
  bytes.writeUInt32LE(time.bytes.length, 20);
  bytes.writeDoubleLE(scale?.base ?? 0, 24);
  bytes.set(time.bytes, headerBytes);
  bytes.set(new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength), headerBytes + time.bytes.length);
  bytes.set(quality, valuesEnd);
  return bytes;
}

function decodeTimes(bytes: Buffer, count: number): Float64Array {
  const times = new Float64Array(count);
  const unit = bytes.readUInt32LE(16);
  const first = bytes.readDoubleLE(8);
  if (bytes[1] === regular) {
    for (let index = 0; index < count; index++) times[index] = first + index * unit;
    return times;
  }
  let time = first;
  let at = headerBytes;
  times[0] = time;
  for (let index = 1; index < count; index++) {
    let steps = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++] ?? 0;
      steps += (byte % 128) * weight;
      if (byte < 128) break;
    }
    time += steps * unit;
    times[index] = time;
  }
  return times;
}

/** The readings that `encodeReadings` packed, each value the very same double. */
export function decodeReadings(bytes: Buffer): Readings {
  if (bytes[0] !== 1 && bytes[0] !== 2) throw new Error(`A block of readings has the unknown format ${bytes[0]}.`);
  const count = bytes.readUInt32LE(4);
  const start = headerBytes + bytes.readUInt32LE(20);
  const width = bytes[2] as 1 | 2 | 4 | 8;
  const end = start + count * width;
  // A typed array needs its own alignment: hence the copy.
  const body = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + end) as ArrayBuffer;
  const values = width === 8 ? new Float64Array(body) : decodeScaled(bytes, unsigned[width](body));
  const qualities = bytes[0] === 2 ? decodeQualities(bytes, end, count) : undefined;
  return { times: decodeTimes(bytes, count), values, qualities };
}

function decodeScaled(bytes: Buffer, packed: Uint8Array | Uint16Array | Uint32Array): Float64Array {
  const factor = 10 ** (bytes[3] ?? 0);
  const base = bytes.readDoubleLE(24);
  const values = new Float64Array(packed.length);
  for (let index = 0; index < packed.length; index++) values[index] = (base + (packed[index] ?? 0)) / factor;
  return values;
}
