import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { dirname, join } from "node:path";
import PdfDocument from "pdfkit";
import { manual } from "../support.ts";

/** Some forty files of several kinds, with one long PDF among them and a few that can't be read. */
export async function writeMixedFolder(folder: string, pages: number): Promise<void> {
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (let n = 1; n <= 14; n += 1) write(`notes/n${n}.txt`, `Pump ${n} drips. The seal of pump ${n} is number S-${n}.`);
  for (let n = 1; n <= 12; n += 1)
    write(`manuals/m${n}.md`, manual.replaceAll("KX-9", `KX-${90 + n}`).replaceAll("KX-0", `K${n}-0`));
  for (let n = 1; n <= 6; n += 1)
    write(
      `lists/l${n}.csv`,
      `Alarm,Meaning,Cause,Remedy\nE${n}1,Door ${n} open,latch,close it\nE${n}2,No air,valve,open`,
    );
  for (let n = 1; n <= 4; n += 1)
    write(`web/w${n}.html`, `<h1>Press ${n}</h1><p>Oil of press ${n} is changed yearly.</p>`);
  write("broken/empty.md", "");
  write("broken/program.exe", "MZ");
  write("broken/false.pdf", "%PDF-1.7\n\u0001\u0002 broken in the middle");
  await writePdf(join(folder, "manuals", "long.pdf"), pages);
  await writePdf(join(folder, "manuals", "same-again.pdf"), 3);
}

export async function writePdf(file: string, pages: number): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const document = new PdfDocument();
  const out = createWriteStream(file);
  document.pipe(out);
  for (let page = 1; page <= pages; page += 1) {
    if (page > 1) document.addPage();
    document.fontSize(18).text(`Section ${page}`);
    document.fontSize(11).text(`Bearing ${page} of the gearbox is greased every ${page} weeks. `.repeat(20));
  }
  document.end();
  await once(out, "finish");
}
