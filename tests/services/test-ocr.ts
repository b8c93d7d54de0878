import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { installPackage } from "./packages.ts";
import { runVitest, type Outcome } from "./run-vitest.ts";

const koreanFont = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf";

/** Scanned pages in English and Korean; Debian's tesseract and a Korean font are installed first where they are missing. */
export async function testOcr(): Promise<Outcome> {
  const languages = spawnSync("tesseract", ["--list-langs"], { encoding: "utf8" }).stdout ?? "";
  if (!/^eng$/m.test(languages)) installPackage("tesseract-ocr");
  if (!/^kor$/m.test(languages)) installPackage("tesseract-ocr-kor");
  if (!existsSync(koreanFont)) installPackage("fonts-nanum");
  if (!existsSync(koreanFont)) throw new Error(`The package fonts-nanum brought no ${koreanFont}.`);
  return runVitest("ocr.config.ts", { SUNBAE_TEST_KOREAN_FONT: koreanFont });
}
