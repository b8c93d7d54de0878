import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";

const load = (...parts: (string | Buffer)[]) =>
  loadDocument(
    "mail.eml",
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part.replaceAll("\n", "\r\n")) : part))),
  );
/** "똠 됬 알람": two syllables that only CP949 has. */
const rare = Buffer.from("8c632089e720becbb6f7", "hex");

describe("e-mails", () => {
  it("reads who wrote when about what, the text, and older mails as quotes", async () => {
    const mail = await load(
      'From: "Kim, C" <kim@plant.kr>\nTo: lee@plant.kr\nSubject: Press alarm\nDate: Mon, 02 Mar 2026 09:30:00 +0900\nContent-Type: text/plain; charset=utf-8\n\nCleaned the cooler.\n\n> What was it?\n> Again?\nBest\n',
    );
    expect(mail).toMatchObject({ title: "Press alarm", date: "2026-03-02", format: "email" });
    expect(mail.text).toContain("From: Kim, C <kim@plant.kr>\nTo: lee@plant.kr\nDate: 2026-03-02 00:30 UTC");
    expect(mail.blocks.map((block) => block.type)).toEqual(["heading", "paragraph", "paragraph", "quote", "paragraph"]);
  });

  it("reads every Korean syllable of mails in CP949, in subject and text", async () => {
    const mail = await load(
      `From: a@b.c\nTo: d@e.f\nSubject: =?ks_c_5601-1987?B?${rare.toString("base64")}?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset="euc-kr"\nContent-Transfer-Encoding: base64\n\n${rare.toString("base64")}\n`,
    );
    expect(mail.title).toBe("똠 됬 알람");
    expect(mail.blocks.at(-1)).toMatchObject({ type: "paragraph" });
    expect(mail.text.endsWith("\n\n똠 됬 알람")).toBe(true);
  });

  it("reads HTML where there is no plain text, and lists what is attached, reading what it can", async () => {
    const mail = await load(
      'From: a@b.c\nTo: d@e.f\nSubject: List\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>See <b>below</b><img src="http://evil/track.gif"></p>\n--x\nContent-Type: text/csv; name="faults.csv"\nContent-Disposition: attachment; filename="../faults.csv"\n\nCode,Text\nE1,Low\n--x\nContent-Type: application/zip\nContent-Disposition: attachment; filename="a.zip"\nContent-Transfer-Encoding: base64\n\nUEsDBAAAAAA=\n--x--\n',
    );
    expect(mail.text).toContain("Attachments: faults.csv, a.zip");
    expect(mail.text).toContain("See below");
    expect(mail.text).not.toContain("evil");
    expect(mail.blocks.at(-1)).toMatchObject({ type: "table", headings: ["List", "faults.csv", "faults"] });
    for (const block of mail.blocks) expect(mail.text.slice(block.start, block.end).trim()).not.toBe("");
    expect(mail.notices).toEqual([expect.stringMatching(/"a.zip" was not read: .*ZIP archive/)]);
  });
});
