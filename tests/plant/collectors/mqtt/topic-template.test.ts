import { expect, it } from "vitest";
import { compileTopic, fillTemplate, templateFault } from "../../../../src/plant/collectors/mqtt/topic-template.ts";

it("subscribes to every level that a name stands for, and reads the names", () => {
  const topic = compileTopic("plant/{line}/cnc-{number}/{tag}/#");
  expect(topic.filter).toBe("plant/+/+/+/#");
  expect(topic.match("plant/line 1/cnc-07/spindle.load/raw/x")).toEqual({
    line: "line 1",
    number: "07",
    tag: "spindle.load",
  });
  expect(topic.match("plant/line 1/cnc-07/온도")).toEqual({ line: "line 1", number: "07", tag: "온도" });
});

it("fits no topic with other levels or with other text around a name", () => {
  const topic = compileTopic("a.b/{equipment}/+/{tag}");
  expect(topic.match("a.b/m/x/t")).toEqual({ equipment: "m", tag: "t" });
  for (const other of ["aXb/m/x/t", "a.b/m/t", "a.b/m/x/t/u", "a.b//x/t", ""]) expect(topic.match(other)).toBeNull();
});

it("says what is wrong with a template", () => {
  expect(templateFault("plant/{equipment}/{tag}")).toBeNull();
  for (const template of ["{a}/{a}", "x/{/y", "x/#/y", "x/a+/y", "{a}{b}/x"])
    expect(templateFault(template)).toMatch(/\w/);
});

it("fills names into a tag's id, and gives none where one is missing", () => {
  expect(fillTemplate("{equipment}.{tag}", { equipment: "CNC-07", tag: "heat" })).toBe("CNC-07.heat");
  expect(fillTemplate("{line}.{tag}", { tag: "heat" })).toBeNull();
});
