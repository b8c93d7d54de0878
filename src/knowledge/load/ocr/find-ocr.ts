import { platform } from "node:os";
import { runProgram } from "./run-program.ts";
import type { Ended } from "./run-program.ts";

/** The machine's tesseract: its version and the languages it has data for. */
export type Ocr = { version: string; languages: string[] };

let found: { at: number; ocr: Promise<Ocr | null> } | null = null;
/** A tool that was missing may be installed while the server runs. */
const againMs = 60_000;

/** Null where there is no tesseract on the PATH or it does not run. Asks the machine once a minute at most. */
export function findOcr(): Promise<Ocr | null> {
  if (!found || performance.now() - found.at > againMs) found = { at: performance.now(), ocr: ask() };
  return found.ocr;
}

async function ask(): Promise<Ocr | null> {
  try {
    const [version, languages] = await Promise.all([
      runTesseract(["--version"], { timeoutMs: 10_000 }),
      runTesseract(["--list-langs"], { timeoutMs: 10_000 }),
    ]);
    if (!version || !languages || languages.code !== 0) return null;
    const said = /tesseract\s+v?(\S+)/.exec(version.output + version.errors)?.[1] ?? "unknown";
    const names = (languages.output || languages.errors).split("\n").slice(1);
    return { version: said, languages: names.map((name) => name.trim()).filter((name) => /^[\w/]+$/.test(name)) };
  } catch {
    return null;
  }
}

/** The languages to recognise by, as tesseract wants them; null where it has neither Korean nor English. */
export function languagesOf(ocr: Ocr): string | null {
  const used = ["kor", "eng"].filter((language) => ocr.languages.includes(language));
  return used.length > 0 ? used.join("+") : null;
}

/**
 * Runs tesseract on one thread: several of them wait for each other by spinning, which on a busy machine takes a page
 * from two seconds to a minute. It is told so by its environment only.
 */
export function runTesseract(words: string[], options: Parameters<typeof runProgram>[2]): Promise<Ended | null> {
  if (platform() === "win32") return runProgram("tesseract", words, options);
  return runProgram("env", ["OMP_THREAD_LIMIT=1", "tesseract", ...words], options).then((ended) =>
    ended?.code === 127 ? null : ended,
  );
}

export const howToInstall = "install the Debian packages tesseract-ocr and tesseract-ocr-kor";
