import { encode } from "fast-png";
import type { Evidence } from "../../../src/core/evidence.ts";
import { finished, started, streamed } from "./alarm-turn.ts";
import type { Script } from "./scripted-api.ts";

// A manual of 412 pages of which page 37 is recognised from a scan: a dark bar stands where its fifth line is.

const lineTexts = [
  "Alarm list",
  "AL-01 Door open",
  "AL-02 Air low",
  "AL-03 Oil low",
  "AL-05 Spindle hot: 70 °C",
  "AL-06 Fan",
];
const text = lineTexts.join("\n");
const startOf = (index: number): number => lineTexts.slice(0, index).join("\n").length + (index > 0 ? 1 : 0);
export const markedLine = 4;
/** Left, top, width, height as shares of the page. */
export const boxOf = (index: number): [number, number, number, number] => [0.1, 0.1 + index * 0.14, 0.7, 0.03];
export const markedSpan: [number, number] = [startOf(markedLine), startOf(markedLine) + lineTexts[markedLine]!.length];

const document = {
  id: "paged",
  path: "manuals/robot.pdf",
  title: "Robot manual",
  revision: "B",
  trust: "manual",
  inForce: false,
  original: true,
};

function page(number: number): object {
  const isScan = number === 37;
  const lines = lineTexts.map((line, index) => ({
    start: startOf(index),
    end: startOf(index) + line.length,
    box: boxOf(index),
  }));
  return {
    document,
    number,
    pages: 412,
    text: isScan ? text : `Text of page ${number}`,
    start: isScan ? 0 : 10_000 * number,
    origin: isScan ? "ocr" : "text",
    size: { width: 595, height: 842 },
    picture: "v1",
    lines: isScan ? lines : [],
    anchors: isScan ? [{ chunkId: 1, heading: "Alarm list", span: [0, text.length], page: number }] : [],
  };
}

export const pages = Object.fromEntries([36, 37, 38, 412].map((n) => [`/api/documents/paged/pages/${n}`, page(n)]));

/** White paper with a dark bar where the marked line stands. */
export function picture(): Uint8Array {
  const [width, height] = [400, 566];
  const [left, top, wide, high] = boxOf(markedLine);
  const data = new Uint8Array(width * height * 3).fill(255);
  for (let y = Math.round(top * height); y < (top + high) * height; y += 1)
    for (let x = Math.round(left * width); x < (left + wide) * width; x += 1)
      data.fill(60, (y * width + x) * 3, (y * width + x) * 3 + 3);
  return encode({ width, height, data, channels: 3, depth: 8 });
}

const evidence: Evidence = {
  id: "E1",
  kind: "alarm-entry",
  title: "AL-05 Spindle hot",
  text: "AL-05 Spindle hot: 70 °C",
  source: {
    label: "Robot manual (Rev. B) · Alarm list",
    documentId: "paged",
    page: 37,
    span: markedSpan,
    revision: "B",
    inForce: false,
    origin: "ocr",
  },
  trust: "manual",
};

export const pagedScript: Script = (asked) => {
  const answer = "AL-05: the spindle is hot, 70 °C. [E1]";
  return [
    ...started(asked, "extractive", "Alarm AL-05"),
    { type: "evidence-found", evidence },
    ...streamed(answer, 1),
    ...finished(asked, { answer, mode: "extractive", evidence: [evidence] }),
  ];
};
