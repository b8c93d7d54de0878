import { describe, expect, it } from "vitest";
import { buildLiveSegment, readLiveSegment } from "../../src/knowledge/index/live-segment.ts";
import {
  eachPosting,
  lengthByte,
  lengthOfByte,
  mergePostings,
  packPostings,
} from "../../src/knowledge/index/postings.ts";
import { fuse } from "../../src/knowledge/retrieve/fuse.ts";
import { languageOf } from "../../src/knowledge/text/language.ts";
import { tokenize } from "../../src/knowledge/text/tokenize.ts";

function unpack(data: Uint8Array): number[][] {
  const rows: number[][] = [];
  eachPosting(data, (chunkId, tf, length) => rows.push([chunkId, tf, Math.round(lengthOfByte[length]!)]));
  return rows;
}

describe("terms", () => {
  it("are stems, syllable pairs and whole identifiers", () => {
    expect(tokenize("Bearings of the pump")).toEqual(["bear", "of", "the", "pump"]);
    expect(tokenize("베어링이")).toEqual(["베", "베어", "어", "어링", "링", "링이", "이", "베어링"]);
    expect(tokenize("AL-05")).toEqual(["#al05", "#al5", "al", "05"]);
    expect(tokenize("SC-OS-0371")).toContain("#scos0371");
    expect(tokenize("CNC-07.spindle_vibration")).toEqual(expect.arrayContaining(["spindl", "vibrat"]));
    expect(tokenize("30.5 mm")).toEqual(["30.5", "mm"]);
  });

  it("fold width and case, and leave out addresses of links", () => {
    expect(tokenize("ＰＵＭＰ")).toEqual(["pump"]);
    expect(tokenize("[see](http://evil.example/track)")).toEqual(["see"]);
  });

  it("survive any string", () => {
    for (const text of ["", "\u0000", "😀", "ㅋㅋㅋ", "日本語", "́́́", "a".repeat(10_000), "\uD800"])
      expect(Array.isArray(tokenize(text))).toBe(true);
  });

  it("come in the language of most of their letters", () => {
    expect(languageOf("Check the pump")).toBe("en");
    expect(languageOf("CNC-07 spindle 진동이 높으면 베어링을 본다")).toBe("ko");
    expect(languageOf("")).toBe("en");
  });
});

describe("packed postings", () => {
  it("give back what was packed, lengths within two percent", () => {
    const postings = [1, 2, 130, 20_000, 5_000_000].map((chunkId, index) => ({
      chunkId,
      tf: index + 1,
      length: 30 + index,
    }));
    expect(unpack(packPostings(postings)).map((row) => row.slice(0, 2))).toEqual(
      postings.map((one) => [one.chunkId, one.tf]),
    );
    for (let length = 1; length < 20_000; length += 37)
      expect(Math.abs(lengthOfByte[lengthByte(length)]! / length - 1)).toBeLessThan(0.021);
    expect(unpack(packPostings([{ chunkId: 7, tf: 9999, length: 1 }]))).toEqual([[7, 255, 1]]);
  });

  it("merge in order and without the deleted", () => {
    const list = (...ids: number[]) => packPostings(ids.map((chunkId) => ({ chunkId, tf: 1, length: 10 })));
    const merged = mergePostings([list(5, 9), list(1, 7)], (chunkId) => chunkId === 9);
    expect([merged.n, unpack(merged.data).map((row) => row[0])]).toEqual([3, [1, 5, 7]]);
  });

  it("survive the live form", () => {
    const { data, tokens } = buildLiveSegment([
      { chunkId: 3, terms: ["pump", "펌프", "pump"] },
      { chunkId: 4, terms: ["pump"] },
    ]);
    const segment = readLiveSegment(data);
    expect(tokens).toBe(4);
    expect([...segment.keys()]).toEqual(["pump", "펌프"]);
    expect(unpack(segment.get("pump")!.data)).toEqual([
      [3, 2, 3],
      [4, 1, 1],
    ]);
  });
});

describe("fusion", () => {
  const sure = {
    name: "bm25" as const,
    weight: 1,
    hits: [
      { id: 1, score: 20 },
      { id: 2, score: 8 },
    ],
  };

  it("leaves a sure leg's order alone when a weak leg disagrees", () => {
    const weak = {
      name: "vector" as const,
      weight: 0.15,
      hits: [
        { id: 2, score: 0.9 },
        { id: 3, score: 0.8 },
        { id: 1, score: 0.1 },
      ],
      floor: 0.1,
    };
    expect(fuse([sure, weak]).map((one) => one.id)).toEqual([1, 2, 3]);
  });

  it("lets it decide between near equals, and names the legs", () => {
    const close = {
      ...sure,
      hits: [
        { id: 1, score: 20 },
        { id: 2, score: 19.5 },
      ],
    };
    const weak = { name: "vector" as const, weight: 0.15, hits: [{ id: 2, score: 0.9 }] };
    expect(fuse([close, weak])).toMatchObject([
      { id: 2, legs: ["bm25", "vector"] },
      { id: 1, legs: ["bm25"] },
    ]);
  });

  it("is unharmed by an empty leg", () => {
    expect(fuse([sure, { name: "vector" as const, weight: 1, hits: [] }]).map((one) => one.id)).toEqual([1, 2]);
  });
});
