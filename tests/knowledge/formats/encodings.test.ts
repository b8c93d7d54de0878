import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/knowledge/load/decode-text.ts";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";

const utf16 = (text: string) => Buffer.from(text, "utf16le");

describe("encodings of text", () => {
  it("reads every syllable of CP949, not only the common ones", () => {
    const decoded = decodeText(Buffer.from("beecb6bbb0d420b5c72c208c63b9e620b1e2b0e8b8a620c1a1b0cbc7d1b4d9", "hex"));
    expect(decoded.encoding).toBe("cp949");
    expect(decoded.text).toContain("똠방 기계를 점검한다");
  });

  it("reads UTF-16 with and without its mark, in both byte orders", () => {
    const korean = utf16("알람 12: 압력 저하\n조치: 필터 교체\n");
    for (const bytes of [Buffer.concat([Buffer.from([0xff, 0xfe]), korean]), korean, Buffer.from(korean).swap16()])
      expect(decodeText(bytes).text).toBe("알람 12: 압력 저하\n조치: 필터 교체\n");
    expect(decodeText(utf16("Plain English text\n")).encoding).toBe("utf-16le");
  });

  it("reads UTF-8 with a few broken bytes and says so", () => {
    const broken = Buffer.concat([
      Buffer.from("압력이 낮으면 흡입 필터를 확인한다. "),
      Buffer.from([0xec, 0x95]),
      Buffer.from(" 끝"),
    ]);
    const decoded = decodeText(broken);
    expect(decoded.text).toContain("흡입 필터를 확인한다");
    expect(decoded.notices[0]).toMatch(/1 byte is no text/);
  });

  it("takes a degree sign of a western file for one, not for half of a syllable", () => {
    const western = Buffer.from("Oil 25 \u00b0C, +/- 5 \u00b0C, \u00b5m, \u00d8 12\n", "latin1");
    expect(decodeText(western)).toMatchObject({ text: "Oil 25 °C, +/- 5 °C, µm, Ø 12\n", encoding: "windows-1252" });
  });

  it("puts letters taken apart together again, as file systems and some programs write them", () => {
    expect(decodeText(Buffer.from("알람".normalize("NFD"))).text).toBe("알람");
  });

  it("reports letters that only look Latin in a code", async () => {
    const document = await loadDocument("a.txt", Buffer.from("Alarm \u0410L-05 and \u041C12 stop the press."));
    expect(document.notices).toEqual([expect.stringMatching(/2 words hold foreign letters/)]);
    expect((await loadDocument("b.txt", Buffer.from("µm, ΔT, Ω, 5 MΩ"))).notices).toEqual([]);
  });
});

describe("names that don't fit the contents", () => {
  const html =
    "<html><body><table><tr><th>코드</th><th>내용</th></tr><tr><td>E1</td><td>압력</td></tr></table></body></html>";

  it.each([
    ["faults.xls", html, "html", "The name says XLS, the contents are a web page (HTML): read as that."],
    ["list.xls", "code\ttext\nE1\tLow\n", "csv", "The name says XLS, the contents are plain text: read as that."],
    ["saved.md", html, "html", "The name says MD, the contents are a web page (HTML): read as that."],
    ["manual.pdf", html, "html", "The name says PDF, the contents are a web page (HTML): read as that."],
  ])("reads %s as what it is", async (name, contents, format, notice) => {
    expect(await loadDocument(name, Buffer.from(contents))).toMatchObject({ format, notices: [notice] });
  });

  it("reads plain text without an extension, also where a dot stands in its name", async () => {
    for (const name of ["README", "정비 일지 rev.2"])
      expect(await loadDocument(name, Buffer.from("Grease weekly."))).toMatchObject({ format: "text", notices: [] });
  });
});
