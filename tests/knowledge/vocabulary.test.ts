import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexView } from "../../src/knowledge/index/index-view.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { questionStem } from "../../src/knowledge/text/korean.ts";
import { hangulOfKeys, jamoOfWord, keysOfHangul } from "../../src/knowledge/vocabulary/jamo.ts";
import { hangulLike, latinLike } from "../../src/knowledge/vocabulary/similar-sounds.ts";
import { vocabularyOf } from "../../src/knowledge/vocabulary/vocabulary.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;
const ctx = contextOf();

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  folder.write(
    "english.md",
    "# Machine\n\n## Spindle calibration\n\nThe nozzle of the extruder and the encoder connector.\n\n" +
      "## Coolant pressure\n\nThe pressure of the coolant is missing. The ball screw of the workpiece table.\n",
  );
  folder.write(
    "korean.md",
    "# 설비\n\n## 컨베이어 알람\n\n컨베이어가 멈추면 베어링을 점검한다. 경보 목록을 본다.\n\n## 온도\n\n주축 온도를 잰다.\n",
  );
  folder.write("glossary.csv", "ko,en,ko_aliases,en_aliases,domain,note\n경보,alarm,알람,,general,\n");
  await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path], root: folder.path });
  folder.remove();
});
afterAll(async () => {
  await knowledge.database.close();
});

const corrected = async (query: string) => (await search(ctx, knowledge, { query })).corrections;

describe("jamo", () => {
  it("reads Korean typed on Latin keys and the reverse", () => {
    expect(hangulOfKeys("dkffka")).toBe("알람");
    expect(hangulOfKeys("qpdjfld")).toBe("베어링");
    expect(hangulOfKeys("Rjwla")).toBe("꺼짐");
    expect(hangulOfKeys("rkqtdmf")).toBe("값을");
    expect(hangulOfKeys("coolant")).toBeNull();
    expect(keysOfHangul("ㅔㅕㅡㅔ")).toBe("pump");
    expect(jamoOfWord("경보")).toBe("ㄱㅕㅇㅂㅗ");
  });

  it("takes particles and endings off a word of a question", () => {
    expect(["측정하려면", "베어링이", "교체했는데", "조정합니다", "온도"].map(questionStem)).toEqual([
      "측정",
      "베어링",
      "교체",
      "조정",
      "온도",
    ]);
  });
});

describe("sounds", () => {
  it("find loan words in the other script without a dictionary", async () => {
    const words = await vocabularyOf(knowledge.database, await indexView(knowledge.database));
    const like = (korean: string) => latinLike(korean, words, false)[0];
    expect(["스핀들", "캘리브레이션", "익스트루더", "노즐", "엔코더", "커넥터"].map(like)).toEqual([
      "spindl",
      "calibr",
      "extrud",
      "nozzl",
      "encod",
      "connector",
    ]);
    expect(latinLike("점검", words, false)).toEqual([]);
    expect(hangulLike("conveyor", words, false)).toContain("컨베이어");
    expect(hangulLike("bearings", words, false)).toContain("베어링");
    expect(hangulLike("missing", words, false)).toEqual([]);
  });

  it("lead a question to the page in the other language", async () => {
    const first = async (query: string) => (await search(ctx, knowledge, { query })).results[0]?.heading;
    expect(await first("스핀들 캘리브레이션")).toContain("Spindle calibration");
    expect(await first("conveyor")).toContain("컨베이어");
  });
});

describe("typing errors", () => {
  it.each([
    [
      "cooland presure",
      [
        ["cooland", "coolant"],
        ["presure", "pressure"],
      ],
    ],
    [
      "calibartion of the spindel",
      [
        ["calibartion", "calibration"],
        ["spindel", "spindle"],
      ],
    ],
    ["온도 겅보", [["겅보", "경보"]]],
    ["컨배이어 정지", [["컨배이어", "컨베이어"]]],
    ["dkffka 2041", [["dkffka", "알람"]]],
    ["채ㅐㅣ무ㅅ", [["채ㅐㅣ무ㅅ", "coolant"]]],
  ])("are mended and told: %s", async (query, expected) => {
    expect(await corrected(query)).toEqual(expected.map(([from, to]) => ({ from, to })));
  });

  it.each([
    "coolant pressure",
    "GMC-511 AL-06 x_axis",
    "SPINDEL",
    "the factory in Cooland",
    "calibrated pressures",
    "베어링을 점검하려면",
    "weather tomorrow",
    "날씨가 어때요",
  ])("are not seen where there are none, nor in codes and names: %s", async (query) => {
    expect(await corrected(query)).toEqual([]);
  });

  it("are mended before a code is read", async () => {
    expect((await search(ctx, knowledge, { query: "dkffka 2041" })).codes).toEqual(["알람 2041"]);
  });

  it("blanks too many or too few don't matter", async () => {
    const first = async (query: string) => (await search(ctx, knowledge, { query })).results[0]?.heading;
    expect(await first("ballscrew")).toContain("Coolant pressure");
    expect(await first("work piece")).toContain("Coolant pressure");
  });
});
