import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { draft, line, section, type Line } from "../../../src/runtime/compose/draft.ts";
import { renderDraft, renderTable } from "../../../src/runtime/compose/render-draft.ts";
import { book, fact } from "../evidence.ts";

const one = fact("E1", "", { source: { label: "Manual" } });
const two = fact("E2", "", { source: { label: "Work orders" } });
const evidence = book(one, two);
const render = (...lines: Line[]): string => renderDraft(draft([section(null, lines)]), evidence).markdown;
/** The draft as the page shows it. */
const html = (...lines: Line[]): string => marked.parse(render(...lines), { async: false });

describe("a rendered draft", () => {
  const table = { columns: ["id"], rows: [["WO-1"]] };
  const whole = draft([
    section(null, [], table),
    section("Check", [
      line("First this", one, "step"),
      line("then that", [one, two], "step"),
      line("last", two, "bullet"),
    ]),
    section("Safety", [line("Switch it off.\nLock it.", one, "quote"), line("Hang the tag.", two, "quote")]),
    section("Orders", [line("Two\nlines", two)], table),
  ]);

  it("has its headings, steps, quotes and tables", () =>
    expect(renderDraft(whole, evidence).markdown).toBe(`| id |
| --- |
| WO-1 |

**Check**

1. First this [E1]
2. then that [E1][E2]

- last [E2]

**Safety**

> Switch it off.
> Lock it. [E1]

> Hang the tag. [E2]

**Orders**

Two lines [E2]

| id |
| --- |
| WO-1 |`));

  it("has citations that point at their sentences", () => {
    const { markdown, citations } = renderDraft(whole, evidence);
    expect(
      citations.map(({ evidenceId, start, end, label }) => [evidenceId, label, markdown.slice(start, end)]),
    ).toEqual([
      ["E1", "Manual", "First this [E1]"],
      ["E1", "Manual", "then that [E1][E2]"],
      ["E2", "Work orders", "then that [E1][E2]"],
      ["E2", "Work orders", "last [E2]"],
      ["E1", "Manual", "Switch it off.\n> Lock it. [E1]"],
      ["E2", "Work orders", "Hang the tag. [E2]"],
      ["E2", "Work orders", "Two lines [E2]"],
    ]);
  });

  it("cites the same evidence once in a line", () => expect(render(line("Cold", [one, one]))).toBe("Cold [E1]"));
  it("has no mark of evidence that doesn't exist", () =>
    expect(render({ text: "Cold", cites: ["E9", "E1"] })).toBe("Cold [E1]"));
  it("of nothing is nothing", () => expect(render()).toBe(""));
  it("leaves out sections without a line or table", () =>
    expect(draft([section("Empty", [null, false]), null]).sections).toEqual([]));
  it("tells how many rows it leaves out", () => {
    const rows = Array.from({ length: 40 }, (_, index) => [index]);
    expect(renderTable({ columns: ["n"], rows, total: 60 }).endsWith("| 30 |\n\n… +29")).toBe(true);
  });
});

describe("hostile text of a document", () => {
  const cells = ["a|b", "a\\|b", "a\\\\|b", "`a|b`", "one\ntwo", "one\r\ntwo", "one\u2028two", "| x | y |", "\\"];
  it.each(cells)("in a cell adds no cell and no row: %j", (text) => {
    const shown = marked.parse(renderTable({ columns: ["first", "second"], rows: [[text, "last"]] }), { async: false });
    expect([shown.match(/<tr>/g)?.length, /<td>.*<\/td>\n<td>last<\/td>/.test(shown)]).toEqual([2, true]);
  });
  it.each(["a|b", "one\ntwo"])("in a column's name breaks no table: %j", (text) => {
    const shown = marked.parse(renderTable({ columns: [text, "second"], rows: [["x", "last"]] }), { async: false });
    expect([shown.match(/<th>/g)?.length, shown.match(/<td>/g)?.length]).toEqual([2, 2]);
  });

  it.each(["# Big\n\n- list", "```\ncode", "> deeper", "one\n\n\ntwo", "one\r\rtwo", "===\n---", "</blockquote>out"])(
    "stays in its quotation: %j",
    (text) => {
      const shown = html(line(text, one, "quote"), line("Afterwards.", two));
      expect(shown.slice(shown.lastIndexOf("</blockquote>"))).toBe("</blockquote>\n<p>Afterwards. [E2]</p>\n");
    },
  );
  it.each(["```js", "~~~", "# Title", "<!-- hidden", "<script>alert(1)", "\\<script>x", "===", "| a | b |"])(
    "swallows nothing of the next line: %j",
    (text) => expect(html(line(text, one), line("Afterwards.", two))).toContain("<p>Afterwards. [E2]</p>"),
  );
  it.each(["<img src=x onerror=alert(1)>", "\\<img src=x>", "\\\\<img src=x>", "![x](http://a.b/c)"])(
    "shows no picture and runs nothing: %j",
    (text) => expect(html(line(text, one))).not.toMatch(/<img/),
  );
  it("can't cite", () => expect(render(line("It is safe [E2].", one))).toBe("It is safe (E2). [E1]"));
  it("keeps its signs of less and more", () =>
    expect(render(line("p < 5 bar, T > 80 °C", one))).toBe("p < 5 bar, T > 80 °C [E1]"));

  it.each([
    "see [the procedure](http://evil.example/x)",
    "see [the procedure](javascript:alert(1))",
    "already \\[escaped\\](http://evil.example/x)",
    "go to http://evil.example/x or www.evil.example",
    "[x]: http://evil.example/x\n\n[x]",
  ])("has no live link from a document: %j", (text) => {
    expect(html(line(text, one, "quote"))).not.toContain("<a ");
    expect(html(line(text, one, "bullet"))).not.toContain("<a ");
  });
});
