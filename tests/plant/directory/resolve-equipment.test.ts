import { describe, expect, it } from "vitest";
import { buildDirectory } from "../../../src/plant/directory/build-directory.ts";
import { nearestEquipment, resolveEquipment } from "../../../src/plant/directory/resolve-equipment.ts";
import { asEquipment, equipment, translate } from "../../runtime/bakery.ts";

const directory = buildDirectory(asEquipment(equipment), translate);
const resolve = (text: string) => resolveEquipment(text, directory);
const named = (text: string): string[] => resolve(text).matches.map((match) => match.equipment.id);
const grouped = (text: string): string[][] => resolve(text).groups.map((group) => group.ids);

describe("a machine is found", () => {
  it.each(["OV-01 status", "ov01", "ov 1", "OV-1", "OV#01", "OV-001", "ov_01", "OV.01", "Is OV-01, hot?"])(
    "by its id, written %j",
    (text) => expect(named(text)).toEqual(["OV-01"]),
  );
  it.each(["Oven 1", "oven no. 1", "oven number 1", "oven-1 is cold", "Oven 1's door"])(
    "by its English name, %j",
    (text) => expect(named(text)).toEqual(["OV-01"]),
  );
  it.each(["오븐 1호기", "오븐1호기", "오븐1", "오븐 1번", "1호기 오븐", "1번 오븐"])(
    "by its Korean name, %j",
    (text) => expect(named(text)).toEqual(["OV-01"]),
  );
  it.each([
    "오븐 3호기가 이상해",
    "오븐 3호기부터",
    "오븐3호기에서도",
    "큰솥이 안 뜨거워",
    "큰솥에서 연기",
    "OV-03은",
    "OV-03이랑",
  ])("with a particle, %j", (text) => expect(named(text)).toEqual(["OV-03"]));
  it("by an alias", () => expect(named("큰솥 상태")).toEqual(["OV-03"]));
  it("by the glossary's other word for it", () => expect(named("반죽기 11호기")).toEqual(["MX-11"]));
  it("more than one in a text, in their order", () => expect(named("MX-11 다음에 OV-02")).toEqual(["MX-11", "OV-02"]));
  it("once where it is named twice", () => expect(named("OV-01, that is oven 1")).toEqual(["OV-01"]));
  it.each(["오븐 1호기랑 2호기", "오븐 1호기, 2호기", "오븐 1, 2호기", "OV-01 and 02"])(
    "also the second of %j",
    (text) => expect(named(text)).toEqual(["OV-01", "OV-02"]),
  );
  it("but a count behind a machine is not a second one", () =>
    expect(["OV-01, 2 alarms", "오븐 1호기 2번 알람", "오븐 1호기, 2건"].map(named)).toEqual([
      ["OV-01"],
      ["OV-01"],
      ["OV-01"],
    ]));
  it("with the place where it stands", () => expect(resolve("왜 OV-01 꺼졌어").matches[0]?.span).toEqual([2, 7]));
});

describe("a typing error", () => {
  it.each([
    ["VO-01", "OV-01"],
    ["OVV-01", "OV-01"],
    ["오분 3호기", "OV-03"],
    ["믹사 11호기", "MX-11"],
    ["mixr 11", "MX-11"],
    ["플로우 포장지", "PACK-5"],
    ["flow pakcer", "PACK-5"],
  ])("in %j is mended to %s", (text, id) =>
    expect(resolve(text).matches.map(({ equipment: { id: found }, how }) => [found, how])).toEqual([[id, "typo"]]),
  );

  it.each(["OV-04", "OV-10", "OV-011", "MX-21", "MX-13", "오븐 9호기", "oven 7"])(
    "in the number of %j is never mended",
    (text) => expect(named(text)).toEqual([]),
  );
  it("that fits two machines is asked about", () => {
    const twins = buildDirectory(asEquipment(equipment).concat(twin("AB-1"), twin("AC-1")), translate);
    expect(resolveEquipment("AD-1", twins).ambiguous[0]?.candidates.map((one) => one.id)).toEqual(["AB-1", "AC-1"]);
  });
  it.each(["it depends on 3 things", "for 2 shifts", "flowing paper"])("is not seen in %j", (text) =>
    expect(named(text)).toEqual([]),
  );
  const twin = (id: string) => ({ ...asEquipment(equipment)[3]!, id, name: id, nameKo: null, aliases: [] });
});

describe("a name that does not decide", () => {
  it.each(["쌍둥이 오븐", "쌍둥이오븐이 이상해"])("is ambiguous: %j", (text) =>
    expect(resolve(text).ambiguous.map((one) => one.candidates.map(({ id }) => id))).toEqual([["OV-01", "OV-02"]]),
  );
  it("chooses none", () => expect(named("쌍둥이 오븐")).toEqual([]));
  it("is settled by a machine named beside it", () => expect(resolve("쌍둥이 오븐 중 OV-02").ambiguous).toEqual([]));
});

describe("a machine that does not exist", () => {
  it("doesn't take a number from a model that stands before the word", () =>
    expect(resolve("SW-99 오븐 그리스 양").unknown).toEqual([]));

  it.each(["OV-99", "오븐 99호기", "oven 99", "99번 오븐"])("is told as unknown: %j", (text) =>
    expect(resolve(text).unknown.map((one) => one.text)).toEqual([text]),
  );
  it("comes with the nearest first", () =>
    expect(
      resolve("MX-13")
        .unknown[0]?.nearest.slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(["MX-11", "MX-12"]));
  it("is not made of a count", () =>
    expect(["the 3 ovens", "오븐 3대 중에", "2 mixers"].map((text) => resolve(text).unknown)).toEqual([[], [], []]));
  it("has areas among the nearest never", () =>
    expect(nearestEquipment("BAKE-1", directory).every((one) => one.level === "work_unit")).toBe(true));
});

describe("a word for several machines", () => {
  const ovens = [["OV-01", "OV-02", "OV-03"]];
  it.each(["ovens", "오븐", "deck ovens", "deck oven", "DX-400", "오븐들은", "the 3 ovens"])(
    "%j means all of the class",
    (text) => expect(grouped(text)).toEqual(ovens),
  );
  it("leaves the machine that is named to itself", () => expect(named("all ovens but oven 2")).toEqual(["OV-02"]));
  it.each([
    ["제빵동", ["OV-01", "OV-02", "OV-03"]],
    ["the baking hall", ["OV-01", "OV-02", "OV-03"]],
    ["반죽실에서", ["MX-11", "MX-12"]],
    ["빵공장 전체", ["OV-01", "OV-02", "OV-03", "MX-11", "MX-12", "PACK-5"]],
  ])("the area %j has its machines", (text, units) => expect(resolve(text).matches[0]?.units).toEqual(units));
  it.each(["machine", "설비", "장비가 이상해", "line"])("%j means none", (text) =>
    expect([grouped(text), named(text)]).toEqual([[], []]),
  );
});

it("a hierarchy in a circle ends", () => {
  const [first, second] = asEquipment(equipment);
  const circle = buildDirectory(
    [
      { ...first!, parentId: "BAKE" },
      { ...second!, parentId: "BREAD" },
    ],
    translate,
  );
  expect(circle.unitsOf("BAKE")).toEqual(["BREAD"]);
});

it("a hostile question is read in a moment", () => {
  const began = performance.now();
  resolve("오븐 1호기 OV-01 ".repeat(240));
  expect(performance.now() - began).toBeLessThan(2_000);
});
