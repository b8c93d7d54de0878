import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";

const load = (source: string, files: Record<string, string> = {}) =>
  loadDocument("manual/main.adoc", new TextEncoder().encode(source), async (path) =>
    path in files ? new TextEncoder().encode(files[path]) : null,
  );

describe("AsciiDoc includes", () => {
  it("puts included text in its place, its headings deeper, and says which files were read", async () => {
    const document = await load("= 매뉴얼\n:parts: sub\n\ninclude::{parts}/a.adoc[leveloffset=+1]\n\nEnd.", {
      "sub/a.adoc": "= Alarms\n\ninclude::b.adoc[]",
      "sub/b.adoc": "Innermost text.",
    });
    expect(document.text).toBe("# 매뉴얼\n\n## Alarms\n\nInnermost text.\n\nEnd.");
    expect(document.reads).toEqual(["sub/a.adoc", "sub/b.adoc"]);
    expect(document.notices).toEqual([]);
  });

  it("takes the lines or the tagged regions that are asked for", async () => {
    const files = { "a.txt": "one\ntwo\nthree\n# tag::x[]\nfour\n# end::x[]\nfive" };
    expect((await load("include::a.txt[lines=1..2;7]", files)).text).toBe("one\ntwo\nfive");
    expect((await load("include::a.txt[tag=x]", files)).text).toBe("four");
  });

  it("does not repeat a whole library of chapters in its book, and says so once", async () => {
    const chapter = `= Chapter\n\n${"Oil the chain. ".repeat(10_000)}`;
    const files = { "a.adoc": chapter, "b.adoc": chapter, "c.adoc": chapter };
    const document = await load(
      "= Book\n\ninclude::a.adoc[]\n\ninclude::b.adoc[]\n\ninclude::c.adoc[]\n\nEnd.\n\nOver.",
      files,
    );
    expect(document.notices).toEqual([expect.stringMatching(/^It is a book: 2 of its chapters/)]);
  });

  it("decides conditions by the attributes that are set", async () => {
    const { text } = await load(
      ":kr:\n\nifdef::kr[]\n한국\nendif::[]\n\nifndef::kr[]\nelsewhere\nendif::[]\n\nifdef::other[never]",
    );
    expect(text).toBe("한국");
  });

  it.each([
    [
      "a file that includes itself",
      "a\n\ninclude::a.adoc[]",
      { "a.adoc": "b\n\ninclude::a.adoc[]" },
      /leads back to itself/,
    ],
    ["a missing file", "a\n\ninclude::none.adoc[]", {}, /"none.adoc" is missing/],
    ["an address", "a\n\ninclude::https://evil/x.adoc[]", {}, /nothing is loaded from outside/],
    ["an absolute path", "a\n\ninclude::/etc/passwd[]", { "/etc/passwd": "root" }, /is missing/],
  ])("says of %s that it was not followed", async (_what, source, files, notice) => {
    const document = await load(source, files as Record<string, string>);
    expect(document.notices).toEqual([expect.stringMatching(notice)]);
    expect(document.text).not.toMatch(/root|include/);
  });
});
