import { deflateSync } from "node:zlib";
import { convertIndexedToRgb, decode } from "fast-png";
import type { PictureInfo } from "./picture-info.ts";

/** Pixels a point: a picture is taken to have 200 an inch. */
export const pixelsPerPoint = 200 / 72;

/** A PDF of one page that is the picture, so that what draws PDFs draws it too. Null for kinds that it can't hold. */
export function pictureAsPdf(bytes: Uint8Array, info: PictureInfo): Uint8Array | null {
  if (info.kind === "jpeg") return pdfOf(bytes, info, "DCTDecode", info.channels);
  if (info.kind !== "png") return null;
  const { data, width, height, channels } = eightBits(bytes);
  return pdfOf(deflateSync(data, { level: 1 }), { ...info, width, height }, "FlateDecode", channels);
}

/** Pixels of a PNG without transparency, a byte a channel: 1 or 3 channels. What shines through is white. */
function eightBits(bytes: Uint8Array): { data: Uint8Array; width: number; height: number; channels: 1 | 3 } {
  const png = decode(bytes);
  const { width, height } = png;
  const indexed = png.palette !== undefined;
  const source = indexed ? convertIndexedToRgb(png) : png.data;
  const from = indexed ? source.length / (width * height) : png.channels;
  const channels = from < 3 ? 1 : 3;
  const hasAlpha = from === 2 || from === 4;
  const shift = png.depth === 16 ? 8 : 0;
  const spread = !indexed && png.depth < 8 ? 255 / (2 ** png.depth - 1) : 1;
  const packed = !indexed && png.depth < 8;
  const data = new Uint8Array(width * height * channels);
  const perRow = Math.ceil((width * png.depth) / 8);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      let value: number;
      if (packed) {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const byte = source[y * perRow + ((x * png.depth) >> 3)]!;
        value = ((byte >> (8 - png.depth - ((x * png.depth) & 7))) & (2 ** png.depth - 1)) * spread;
      } else value = source[pixel * from + channel]! >> shift;
      const alpha = hasAlpha ? (source[pixel * from + from - 1]! >> shift) / 255 : 1;
      data[pixel * channels + channel] = Math.round(value * alpha + 255 * (1 - alpha));
    }
  }
  return { data, width, height, channels };
}

function pdfOf(data: Uint8Array, info: PictureInfo, filter: string, channels: number): Uint8Array {
  const space = channels === 1 ? "/DeviceGray" : channels === 4 ? "/DeviceCMYK" : "/DeviceRGB";
  // Four colours of a JPEG are stored inverted, as Adobe's programs do.
  const inverted = channels === 4 ? " /Decode [1 0 1 0 1 0 1 0]" : "";
  const [wide, high] = [info.width / pixelsPerPoint, info.height / pixelsPerPoint].map((value) => value.toFixed(2));
  const content = `q ${wide} 0 0 ${high} 0 0 cm /I Do Q`;
  const parts = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Rotate ${info.turn * 90} /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  const objects = parts.map((part, index) => `${index + 1} 0 obj\n${part}\nendobj\n`);
  const picture = `5 0 obj\n<< /Type /XObject /Subtype /Image /Width ${info.width} /Height ${info.height} /ColorSpace ${space} /BitsPerComponent 8${inverted} /Filter /${filter} /Length ${data.length} >>\nstream\n`;
  const head = `%PDF-1.4\n${objects.join("")}${picture}`;
  const offsets: number[] = [];
  let at = "%PDF-1.4\n".length;
  for (const object of [...objects, picture]) {
    offsets.push(at);
    at += object.length;
  }
  const afterPicture = "\nendstream\nendobj\n";
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = head.length + data.length + afterPicture.length;
  const tail = `${afterPicture}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), data, Buffer.from(tail, "latin1")]);
}
