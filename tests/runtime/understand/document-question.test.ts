import { describe, expect, it } from "vitest";
import { readDocumentQuestion } from "../../../src/runtime/understand/document-question.ts";

const ask = (question: string, known: Partial<Parameters<typeof readDocumentQuestion>[1]> = {}) =>
  readDocumentQuestion(question, { models: false, topics: 3, cited: false, ...known });

describe("a question about documents", () => {
  it.each([
    ["what does page 44 of the labeller manual say", 44],
    ["L200 설명서 12쪽에 뭐라고 나와 있어?", 12],
    ["라벨기 매뉴얼 200페이지 보여줘", 200],
    ["manual p. 61", 61],
  ])("asks for a page: %j", (question, page) => expect(ask(question)).toEqual({ about: "page", page }));
  it.each(["PX-40 P02 alarm manual", "CIP 펌프 P07 알람 조치는?", "page the supervisor"])(
    "takes no code for a page: %j",
    (question) => expect(ask(question, { models: true })).toBeNull(),
  );
  it.each(["where does it say that?", "그거 어느 문서에 나와?"])("asks where an answer stands: %j", (question) => {
    expect(ask(question, { cited: true, topics: 1 })).toEqual({ about: "place" });
    expect(ask(question)).toBeNull();
  });
  it.each([
    ["rev B와 rev C 차이가 뭐야?", ["B", "C"]],
    ["difference between revision 2 and 3 of the manual", ["2", "3"]],
    ["개정 C에서 뭐가 바뀌었어", ["C"]],
  ])("asks how editions differ: %j", (question, revisions) =>
    expect(ask(question)).toEqual({ about: "editions", revisions }),
  );
  it("leaves other differences alone", () => expect(ask("what is the difference between E12 and E15")).toBeNull());
});
