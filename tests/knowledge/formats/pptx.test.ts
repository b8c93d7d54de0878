import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";
import { makeHwpx, makePptx, textShape, xml } from "./make-office.ts";

describe("presentations", () => {
  const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${[
    ["Code", "뜻"],
    ["A1", "정지"],
  ]
    .map(
      (row) =>
        `<a:tr>${row.map((text) => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`).join("")}</a:tr>`,
    )
    .join("")}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const file = makePptx(
    [
      { title: "프레스 교육" },
      {
        title: "점검 순서",
        shapes: textShape(["전원을 끈다", "\t차단기 포함", "잠근다"], "body") + textShape(["3"], "sldNum"),
        notes: "강사: 실물을 보여 준다.",
      },
      { shapes: table },
      { title: "Draft", shapes: textShape(["not yet"]), hidden: true },
    ],
    { "dc:title": "PowerPoint 프레젠테이션" },
  );

  it("makes each slide a page with its title, bullets, tables and notes", async () => {
    const document = await loadDocument("a.pptx", file);
    expect(document.title).toBe("프레스 교육");
    expect(document.pages).toHaveLength(4);
    expect(document.blocks.map((block) => [block.page, block.type])).toEqual([
      [1, "heading"],
      [2, "heading"],
      [2, "list"],
      [2, "quote"],
      [3, "heading"],
      [3, "table"],
    ]);
    expect(document.text).toContain("- 전원을 끈다\n   - 차단기 포함\n- 잠근다\n\n강사: 실물을 보여 준다.");
    expect(document.text.slice(document.pages![1]!.start)).toMatch(/^## 점검 순서/);
  });

  it("leaves hidden slides out and says which", async () => {
    const document = await loadDocument("a.pptx", file);
    expect(document.text).not.toContain("not yet");
    expect(document.notices).toEqual(["Hidden slides were left out: 4."]);
  });
});

describe("Hangul documents", () => {
  const paragraph = (text: string, shape = 0, style = 0) =>
    `<hp:p paraPrIDRef="${shape}" styleIDRef="${style}"><hp:run><hp:t>${xml(text)}</hp:t></hp:run></hp:p>`;
  const cell = (text: string, span = "") =>
    `<hp:tc><hp:subList>${paragraph(text)}</hp:subList><hp:cellSpan ${span || 'colSpan="1" rowSpan="1"'}/></hp:tc>`;

  it("reads outlines, numbered steps, merged cells and footnotes", async () => {
    const table = `<hp:p><hp:run><hp:tbl><hp:tr>${cell("코드")}${cell("조치")}</hp:tr><hp:tr>${cell("E1", 'colSpan="1" rowSpan="2"')}${cell("청소")}</hp:tr><hp:tr>${cell("교체")}</hp:tr></hp:tbl></hp:run></hp:p>`;
    const note = `<hp:p><hp:run><hp:t>압력 확인</hp:t><hp:ctrl><hp:footNote><hp:subList>${paragraph("게이지 A")}</hp:subList></hp:footNote></hp:ctrl></hp:run></hp:p>`;
    const bytes = makeHwpx(
      paragraph("정비 절차", 0, 1) + paragraph("멈춘다", 2) + paragraph("잠근다", 2) + note + table,
    );
    const document = await loadDocument("절차.hwpx", bytes);
    expect(document).toMatchObject({ title: "정비 절차", format: "hwpx", language: "ko" });
    expect(document.text).toBe(
      "# 정비 절차\n\n1. 멈춘다\n2. 잠근다\n\n압력 확인[1]\n\n[1] 게이지 A\n\n| 코드 | 조치 |\n|---|---|\n| E1 | 청소 |\n| E1 | 교체 |",
    );
  });
});
