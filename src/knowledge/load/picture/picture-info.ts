import { SunbaeError } from "../../../core/errors.ts";

export type PictureKind = "jpeg" | "png" | "bmp" | "tiff" | "webp";

/** `turn`: quarter turns clockwise by which it is to be shown; 0 where nothing tells. `pages`: more than one in TIFFs. */
export type PictureInfo = {
  kind: PictureKind;
  width: number;
  height: number;
  turn: number;
  channels: number;
  pages: number;
};

const mostPixels = 60_000_000;

/** What a picture's first bytes tell of it. Throws a sentence where it is no picture, broken or too large. */
export function pictureInfo(bytes: Uint8Array): PictureInfo {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let info: PictureInfo | null;
  try {
    info = readJpeg(data) ?? readPng(data) ?? readBmp(data) ?? readWebp(data) ?? readTiff(data);
  } catch (cause) {
    throw broken(cause);
  }
  if (!info || info.width < 1 || info.height < 1) throw broken();
  if (info.width * info.height > mostPixels)
    throw new SunbaeError(
      "too_large",
      `The picture has ${Math.round((info.width * info.height) / 1e6)} million pixels.`,
      {
        fix: "Save it with at most 60 million.",
      },
    );
  return info;
}

const broken = (cause?: unknown) =>
  new SunbaeError("invalid_input", "The picture is broken or of a kind that is not read.", {
    cause,
    fix: "Save it as PNG or JPEG.",
  });

function readJpeg(data: Buffer): PictureInfo | null {
  if (data[0] !== 0xff || data[1] !== 0xd8) return null;
  let turn = 0;
  for (let at = 2; at + 9 < data.length;) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = data.readUInt16BE(at + 2);
    if (marker === 0xe1 && data.toString("latin1", at + 4, at + 8) === "Exif")
      turn = exifTurn(data.subarray(at + 10, at + 2 + length));
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width, channels] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7), data[at + 9]!];
      return { kind: "jpeg", width, height, turn, channels, pages: 1 };
    }
    at += 2 + length;
  }
  return null;
}

/** Cameras store what they saw lying on its side, and how to turn it. Mirrored ones are left as they are. */
function exifTurn(tiff: Buffer): number {
  try {
    const { u16, u32 } = numbersOf(tiff);
    const first = u32(4);
    for (let entry = 0; entry < Math.min(u16(first), 100); entry += 1) {
      const at = first + 2 + entry * 12;
      if (u16(at) === 0x0112) return { 3: 2, 6: 1, 8: 3 }[u16(at + 8)] ?? 0;
    }
  } catch {
    // A broken note about the picture says nothing about the picture.
  }
  return 0;
}

function numbersOf(tiff: Buffer) {
  const little = tiff.toString("latin1", 0, 2) === "II";
  return {
    u16: (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)),
    u32: (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)),
  };
}

function readPng(data: Buffer): PictureInfo | null {
  if (data.toString("latin1", 1, 4) !== "PNG") return null;
  return { kind: "png", width: data.readUInt32BE(16), height: data.readUInt32BE(20), turn: 0, channels: 3, pages: 1 };
}

function readBmp(data: Buffer): PictureInfo | null {
  if (data.toString("latin1", 0, 2) !== "BM") return null;
  const [width, height] = [data.readInt32LE(18), Math.abs(data.readInt32LE(22))];
  return { kind: "bmp", width, height, turn: 0, channels: 3, pages: 1 };
}

function readWebp(data: Buffer): PictureInfo | null {
  if (data.toString("latin1", 0, 4) !== "RIFF" || data.toString("latin1", 8, 12) !== "WEBP") return null;
  const kind = data.toString("latin1", 12, 16);
  let [width, height] = [0, 0];
  if (kind === "VP8X") [width, height] = [data.readUIntLE(24, 3) + 1, data.readUIntLE(27, 3) + 1];
  if (kind === "VP8 ") [width, height] = [data.readUInt16LE(26) & 0x3fff, data.readUInt16LE(28) & 0x3fff];
  if (kind === "VP8L") {
    const bits = data.readUInt32LE(21);
    [width, height] = [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  return { kind: "webp", width, height, turn: 0, channels: 3, pages: 1 };
}

function readTiff(data: Buffer): PictureInfo | null {
  if (!/^(?:II\*\0|MM\0\*)/.test(data.toString("latin1", 0, 4))) return null;
  const { u16, u32 } = numbersOf(data);
  const info: PictureInfo = { kind: "tiff", width: 0, height: 0, turn: 0, channels: 3, pages: 0 };
  const seen = new Set<number>();
  for (let at = u32(4); at !== 0 && !seen.has(at) && info.pages < 1000;) {
    seen.add(at);
    const count = u16(at);
    for (let entry = 0; entry < count; entry += 1) {
      const from = at + 2 + entry * 12;
      const value = u16(from + 2) === 3 ? u16(from + 8) : u32(from + 8);
      if (u16(from) === 256) info.width = Math.max(info.width, value);
      if (u16(from) === 257) info.height = Math.max(info.height, value);
    }
    info.pages += 1;
    at = u32(at + 2 + count * 12);
  }
  return info;
}
