import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { knownCodes } from "../../src/knowledge/known-codes.ts";
import type { CodeKind, Knowledge } from "../../src/knowledge/knowledge.ts";
import { lookUpCode } from "../../src/knowledge/look-up-code.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;
const ctx = contextOf();

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  const manual = (model: string, table: string) =>
    `---\ntitle: ${model}\nkind: manual\nmodels: [${model}]\n---\n# ${model}\n\n## Alarms\n\n${table}`;
  const head = "| Alarm | Meaning |\n|---|---|\n";
  folder.write("a.md", manual("A-1", `${head}| AL-05 | Separator |\n| AL-12 | Service |\n`));
  folder.write("b.md", manual("B-1", `${head}| F07 | Zone |\n`));
  folder.write("c.md", manual("C-1", `${head}| F07 | Condenser |\n| 2041 | Spindle hot |\n| 2042 | Vibration |\n`));
  folder.write("d.md", manual("D-1", "| 램프 | 의미 |\n|---|---|\n| L3 | 유압 낮음 |\n"));
  folder.write("cnc/alarms.csv", "Alarm Code,Message\n3,Abort\n5,Probe\n");
  folder.write("cnc/errors.csv", "Error Code,Message\n9,Lock\n20,Unsupported\n3,Invalid\n");
  folder.write("cnc/door alarms.csv", "Alarm Code,Message\n6101,Door\n6102,Guard\n");
  folder.write("h.md", manual("H-1", "| Fault | Meaning |\n|---|---|\n| F12 | Fan |\n| F13 | Pump |\n"));
  folder.write("i.md", manual("I-1", "| Fault | Meaning |\n|---|---|\n| F0012 | Bus |\n| F0013 | Node |\n"));
  folder.write("cnc/settings.csv", "$-Code,Setting\n110,X rate\n");
  folder.write(
    "e.md",
    manual("E-1", "| Display | Meaning |\n|---|---|\n| AL.16.1 | Encoder one |\n| AL.16.2 | Encoder two |\n"),
  );
  folder.write(
    "f.md",
    manual(
      "F-1",
      "| Alarm No. | Sub | Meaning |\n|---|---|---|\n| 521 | 1 | First |\n|  | 2 | Second |\n| 8011[23-25] | | Axis |\n",
    ),
  );
  folder.write(
    "g.md",
    "# Lines\n\n## Alarms\n\n| Alarm | 기종 | Meaning |\n|---|---|---|\n| 77 | GX-1 | One |\n| 77 | GX-2 | Two |\n",
  );
  await ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
  folder.remove();
});
afterAll(async () => {
  await knowledge.database.close();
});

const look = async (code: string, rest: { kind?: CodeKind; models?: string[] } = {}) =>
  (await lookUpCode(ctx, knowledge, { code, ...rest })).map((entry) => `${entry.kind} ${entry.code} ${entry.message}`);

describe("looking up a code", () => {
  it.each(["AL-05", "al 5", "AL05", "알람 AL-05", "error AL-05"])("finds AL-05 for %s", async (code) => {
    expect((await look(code))[0]).toBe("alarm AL-05 Separator");
  });

  it("finds a code by its number alone on the machine it is asked for", async () => {
    expect(await look("알람 5", { models: ["A-1"] })).toEqual(["alarm AL-05 Separator"]);
    expect((await lookUpCode(ctx, knowledge, { code: "알람5번", models: ["A-1"] }))[0]!.match).toBe("number");
  });

  it("takes an error of four digits for the alarm of that number, whatever lists lie beside it", async () => {
    expect(await look("error 6101")).toEqual(["alarm 6101 Door"]);
    expect(await look("alarm 20")).toEqual([]);
  });

  it("puts what is written with the same zeros first", async () => {
    expect(await look("F0012")).toEqual(["fault F0012 Bus", "fault F12 Fan"]);
    expect(await look("F12")).toEqual(["fault F12 Fan", "fault F0012 Bus"]);
  });

  it("puts the code as written before the number alone", async () => {
    expect(await look("alarm 5")).toEqual(["alarm 5 Probe", "alarm AL-05 Separator"]);
  });

  it("takes the asked kind only where a list has both", async () => {
    expect(await look("error 3")).toEqual(["error 3 Invalid"]);
    expect((await look("알람 3"))[0]).toBe("alarm 3 Abort");
    expect(await look("알람 20")).toEqual([]);
    expect(await look("error 2041", { models: ["C-1"] })).toEqual(["alarm 2041 Spindle hot"]);
    expect(await look("설정 9")).toEqual([]);
    expect(await look("$110")).toEqual(["setting 110 X rate"]);
    expect(await look("램프 3")).toEqual(["lamp L3 유압 낮음"]);
  });

  it("says where only another kind has the number", async () => {
    expect(await lookUpCode(ctx, knowledge, { code: "error 2041" })).toMatchObject([
      { kind: "alarm", match: "other-kind" },
    ]);
    const onMachine = await lookUpCode(ctx, knowledge, { code: "error 2041", models: ["C-1"] });
    expect(onMachine).toMatchObject([{ kind: "alarm", match: "exact" }]);
  });

  it("gives both machines' entries of one code", async () => {
    expect(new Set(await look("F07"))).toEqual(new Set(["alarm F07 Zone", "alarm F07 Condenser"]));
    expect(await look("F7", { models: ["B-1"] })).toEqual(["alarm F07 Zone"]);
  });

  it("does not fall back on lists of no model where the model has its own", async () => {
    expect(await look("알람 3", { models: ["C-1"] })).toEqual([]);
    expect((await look("error 9", { models: ["without entries"] }))[0]).toBe("error 9 Lock");
  });

  it("names the nearest codes when there is none", async () => {
    expect(await look("2014", { models: ["C-1"] })).toEqual([]);
    const near = await knownCodes(ctx, knowledge, { near: "2014", models: ["C-1"] });
    expect(near.map((one) => one.code)).toEqual(["2041", "2042", "F07"]);
    expect((await knownCodes(ctx, knowledge, { near: "AL-06" }))[0]!.code).toBe("AL-05");
    expect((await knownCodes(ctx, knowledge, { kind: "setting" })).map((one) => one.code)).toEqual(["110"]);
  });

  it("tells the details of a code apart, and gives them all where none is asked", async () => {
    expect(await look("AL.16.2")).toEqual(["alarm AL.16.2 Encoder two"]);
    expect(await look("AL.16")).toEqual(["alarm AL.16.1 Encoder one", "alarm AL.16.2 Encoder two"]);
    expect(await look("521-2")).toEqual(["alarm 521 Second"]);
    expect(await look("521")).toEqual(["alarm 521 First", "alarm 521 Second"]);
    expect((await lookUpCode(ctx, knowledge, { code: "521-2" }))[0]).toMatchObject({ subCode: "2", models: ["F-1"] });
    expect(await look("801124")).toEqual(["alarm 8011[23-25] Axis"]);
    expect(await look("AL.17")).toEqual([]);
  });

  it("knows the models of a row from its own column", async () => {
    const entries = await lookUpCode(ctx, knowledge, { code: "77" });
    expect(entries.map((entry) => [entry.models, entry.message])).toEqual([
      [["GX-1"], "One"],
      [["GX-2"], "Two"],
    ]);
    expect(await look("77", { models: ["GX-2"] })).toEqual(["alarm 77 Two"]);
  });

  it("finds nothing for nonsense", async () => {
    for (const code of ["", "알람", "'; --", "99999999999999999999", "%"]) expect(await look(code)).toEqual([]);
  });
});

it("counts no list that is not for the actor as a machine's or a kind's", async () => {
  const folder = temporaryFolder();
  const table = "# Q-1\n\n## Errors\n\n| Error | Meaning |\n|---|---|\n| 910 | Secret |\n";
  folder.write("q.md", `---\nmodels: [Q-1]\n---\n${table}`);
  await ingestPaths(contextOf(["admin"]), knowledge, {
    paths: [folder.path],
    root: folder.path,
    audience: ["supervisor"],
  });
  folder.remove();
  expect(await look("9", { kind: "error", models: ["Q-1"] })).toEqual(["error 9 Lock"]);
  const supervisor = contextOf(["supervisor"]);
  expect(await lookUpCode(supervisor, knowledge, { code: "9", kind: "error", models: ["Q-1"] })).toEqual([]);
});
