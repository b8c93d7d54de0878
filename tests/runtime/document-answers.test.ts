import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { conversations } from "../../src/db/schema/conversations.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, ingestTexts } from "../support/scripted-runtime.ts";
import { bakeryManuals } from "./bakery-manuals.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await ingestTexts(createScriptedRuntime(database), bakeryManuals);
});
beforeEach(async () => void (await database.db.delete(conversations)));
afterAll(() => database.close());

/** The last answer to questions of one conversation. */
async function ask(...questions: string[]) {
  const scripted = createScriptedRuntime(database);
  const answers = [];
  let more = {};
  for (const question of questions) {
    const { runId, answer } = await scripted.turn(question, more);
    const { rows } = await database.pool.query<{ id: string }>(`SELECT conversation_id AS id FROM runs WHERE id = $1`, [
      runId,
    ]);
    more = { conversationId: rows[0]!.id };
    answers.push(answer!);
  }
  return answers.at(-1)!;
}

describe("one code on two makers' machines", () => {
  it("is told apart by model and asked about", async () => {
    const { answer } = await ask("alarm E21 came up");
    expect(answer).toMatch(/DX-400.*E21: Deck too cold/);
    expect(answer).toMatch(/SP-80.*E21: Bowl guard open/);
    expect(answer).toMatch(/Which machine is it: .*DX-400 \(OV-01, OV-02, OV-03\).*\?$/s);
  });
  it.each([
    ["the mixer", "Bowl guard open", "Deck too cold"],
    ["SP-80", "Bowl guard open", "Deck too cold"],
    ["OV-02", "Deck too cold", "Bowl guard open"],
    ["it's oven 3", "Deck too cold", "Bowl guard open"],
  ])("is settled by the reply %j", async (reply, meant, other) => {
    const { answer } = await ask("alarm E21 came up", reply);
    expect(answer.split("\n")[0]).toContain(meant);
    expect(answer).not.toContain(other);
  });
  it("is the named machine's without a question", async () => {
    const { answer } = await ask("E21 on MX-11");
    expect(answer.split("\n")[0]).toContain("Bowl guard open");
    expect(answer).not.toContain("Deck too cold");
  });
  it("takes a reply that asks something else for a question of its own", async () => {
    expect((await ask("alarm E21 came up", "how much oil does the mixer gearbox hold")).answer).toContain("4.5 L");
  });
});

describe("codes of machines that the plant doesn't have on record", () => {
  it.each(["WN24", "wn-24", "what is WN 24", "WN24 뭐야", "error WN24"])(
    "says the fault that a range covers for %j",
    async (question) => {
      const { answer } = await ask(question);
      expect(answer).toMatch(/Bus participant missing/);
      expect(answer).not.toMatch(/no code|없습니다/);
    },
  );
  it.each(["alarm 7101", "7101 알람 조치"])("tells two lists with the same number apart for %j", async (question) => {
    const { answer } = await ask(question);
    expect(answer).toMatch(/WR-900.*7101: Film torn/);
    expect(answer).toMatch(/LB-300.*7101: Label missing/);
  });
  it("takes the list that the question names", async () => {
    const { answer } = await ask("alarm 7101 on the LB-300");
    expect(answer).toContain("Label missing");
    expect(answer).not.toMatch(/Film torn|There is no/);
  });
  it.each(["WN-09", "WN 77", "wn-88 뭐야", "what is WN-12?"])(
    "says of %j that there is no such code, not machine",
    async (question) => {
      expect((await ask(question)).answer).toMatch(/no code WN|코드 WN/i);
    },
  );
});

describe("editions of a document", () => {
  it("the newer one answers, with its edition and date", async () => {
    const { answer, evidence } = await ask("how many watts has the chamber bulb of the DX-400");
    expect(answer).toContain("Rev. C · 2023-01-01");
    expect(evidence.some((one) => one.source.inForce === false)).toBe(false);
  });
  it("an older one that alone has the answer is shown and said to be superseded", async () => {
    const { answer, evidence } = await ask("how often is the chimney flap greased");
    expect(answer).toContain("every 40 days");
    expect(answer).toMatch(/older edition \(Rev\. B\); a newer one has superseded it/);
    expect(evidence.find((one) => one.text.includes("40 days"))?.source).toMatchObject({
      revision: "B",
      inForce: false,
    });
  });
  it("an edition asked for by name is given, without what corrects a later one", async () => {
    const { answer } = await ask("hinge bolts torque in revision B of the DX-400 manual");
    expect(answer).toContain("30 N·m");
    expect(answer).not.toContain("disagree");
  });
  it("two editions are set against each other", async () => {
    const { answer } = await ask("what is the difference between rev B and rev C for the hinge bolts of the DX-400?");
    expect(answer).toMatch(/\| .*Door hinge \| .*30 N·m.* \| .*36 N·m.* \|/);
    expect(answer).not.toContain("chimney");
  });
  it("every citation of a document names edition and place", async () => {
    const { citations } = await ask("E21 on OV-01");
    expect(citations[0]?.label).toBe("DX-400 Deck Oven Manual (Rev. C) · Alarms");
  });
});

describe("cards and manuals", () => {
  it("a card that corrects a manual comes first, then the manual's own sentence, told to disagree", async () => {
    const { answer } = await ask("torque of the hinge bolts of the oven");
    expect(answer).toMatch(/disagree.*33 N·m.*Marta Weiss, 2025-01-15.*> The hinge bolts are tightened to 36 N·m\./s);
  });
  it("a card that corrects nothing stands after the manual's figure", async () => {
    const { answer } = await ask("how many watts has the chamber bulb");
    expect(answer.indexOf("25 W")).toBeGreaterThan(-1);
    expect(answer.indexOf("25 W")).toBeLessThan(answer.indexOf("15 W"));
    expect(answer).toContain("not a correction of the manual");
  });
});

describe("what is to be doubted", () => {
  it("figures recognised from a picture are never given without saying so", async () => {
    await database.pool.query(
      `UPDATE document_pages SET origin = 'ocr' WHERE document_id = (SELECT id FROM documents WHERE path LIKE '%mixer.md')`,
    );
    await database.pool.query(`UPDATE chunks SET page = 1`);
    const { answer, evidence } = await ask("how much oil does the mixer gearbox hold");
    expect(answer).toMatch(/recognised from a picture.*4\.5 L/s);
    expect(evidence.find((one) => one.text.includes("4.5 L"))?.source.origin).toBe("ocr");
    expect((await ask("E21 on MX-11")).answer).toContain("recognised from a picture");
    await database.pool.query(`UPDATE document_pages SET origin = 'text'`);
    await database.pool.query(`UPDATE chunks SET page = NULL`);
  });
  it("pages that could not be read are named where nothing was found, with the reason", async () => {
    await database.pool.query(
      `UPDATE documents SET unread_pages = 3, pages = 40, notices = '{"3 pages are pictures: no OCR is installed."}' WHERE path LIKE '%mixer.md'`,
    );
    const { answer, abstained } = await ask("warranty period of the mixer");
    expect(abstained).toBe(true);
    expect(answer).toContain(
      "3 of 40 pages of “SP-80 Spiral Mixer Manual” could not be read (3 pages are pictures: no OCR is installed)",
    );
    await database.pool.query(`UPDATE documents SET unread_pages = 0, pages = NULL, notices = '{}'`);
  });
  it("what is not in the documents is said not to be, with the nearest places", async () => {
    const { answer, abstained } = await ask("weight of the SP-80");
    expect(abstained).toBe(true);
    expect(answer).toMatch(/nearest places \(not the answer\).*SP-80 Spiral Mixer Manual/s);
  });
});

describe("places", () => {
  it("where an answer stands is told on asking", async () => {
    const { answer } = await ask("how much oil does the mixer gearbox hold", "where does it say that?");
    expect(answer).toContain("SP-80 Spiral Mixer Manual · Gearbox");
  });
  it("a page that a document hasn't is refused with how many it has", async () => {
    const { answer, abstained } = await ask("what does page 12 of the SP-80 manual say");
    expect(abstained).toBe(true);
    expect(answer).toContain("no page 12");
  });
});
