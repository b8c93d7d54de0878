import { mkdtempSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createLogger } from "../../src/observability/logger.ts";
import { startServer, type RunningServer } from "../../src/main.ts";
import { ensurePage } from "../../src/launch/bundle.js";
import { testConfig } from "../http/open-doors.ts";
import { koreanFont, makePdf } from "./support/make-pdf.ts";
import { createBrowser, type Look } from "./support/open-browser.ts";

// The whole product with a real page: what a person who adds a manual and asks about it sees.

let folder: string;
let server: RunningServer;
const browser = createBrowser();

beforeAll(async () => {
  await ensurePage(join(import.meta.dirname, "../.."));
  folder = mkdtempSync(join(tmpdir(), "sunbae-documents-"));
  const logger = createLogger({ level: "error" });
  server = await startServer(testConfig(join(folder, "data")), { logger });
}, 120_000);
afterAll(async () => {
  await server.stop(0);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});
afterEach(() => browser.close());
// Reading, asking and drawing on a machine that may have other work.
const patience = { timeout: 90_000 };

async function openDocuments(look: Look): Promise<{ page: Page; faults: string[] }> {
  const opened = await browser.open(`${server.url}/#/documents`, look);
  opened.page.setDefaultTimeout(20_000);
  return opened;
}

async function file(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Where the marks stand, as shares of the paper. */
const marks = (page: Page) =>
  page.evaluate(() => {
    const paper = document.querySelector(".viewer .paper")!.getBoundingClientRect();
    return [...document.querySelectorAll(".viewer .marks rect")].map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return [(x - paper.x) / paper.width, (y - paper.y) / paper.height, width / paper.width, height / paper.height];
    });
  });

async function ask(page: Page, question: string): Promise<void> {
  await page.goto(`${server.url}/#/`);
  await page.getByLabel(/^(질문|Your question)$/).fill(question);
  await page.keyboard.press("Enter");
  await page.locator(".answer-foot").waitFor({ timeout: 20_000 });
}

/** Opens the evidence that comes from this document, then its page, and waits for the picture. */
async function openPageOf(page: Page, title: string): Promise<void> {
  const fold = page.locator(".fold").first();
  if ((await fold.getAttribute("aria-expanded")) === "false") await fold.click();
  await page.locator(".evidence-card", { hasText: title }).locator(".card-press").first().click();
  await page.locator(".page-preview").click();
  await page.waitForFunction(() => {
    const image = document.querySelector<HTMLImageElement>(".viewer .paper img");
    return image?.complete && image.naturalWidth > 0;
  });
}

it("takes a PDF, says what it read, and shows a citation on its page where it stands", patience, async () => {
  const filler = [{ text: "Zephyr ZX-9 loom. This page says nothing of faults.", y: 100 }];
  const alarms = [
    { text: "4 Fault list of the ZX-9 loom", y: 80, size: 18 },
    { text: "Fault E-731: weft sensor dirty. Clean the lens with a dry cloth.", y: 140 },
    { text: "Fault E-732: shed too narrow. Check the heald frame.", y: 420 },
  ];
  const manual = await file("zx-9-manual.pdf", await makePdf([filler, alarms, filler]));
  const { page, faults } = await openDocuments({ size: "desk" });
  await page.locator('input[type="file"]').setInputFiles([manual, await file("notes.hwp.exe", "MZ no document")]);
  const added = page.locator(".ingestion .file-line", { hasText: "zx-9-manual.pdf" });
  await added.getByText("Added").waitFor({ timeout: 20_000 });
  await added.getByText("3 pages").waitFor();
  await page
    .locator(".ingestion .file-line", { hasText: "notes.hwp.exe" })
    .getByText(/Failed|Not read/)
    .waitFor();
  await page.locator(".document-list .document-row", { hasText: "zx-9-manual.pdf" }).waitFor();

  await ask(page, "ZX-9 fault E-732");
  await openPageOf(page, "E-732");
  expect(await page.getByLabel("Go to page").inputValue()).toBe("2");
  const [mark] = await marks(page);
  expect(Math.abs(mark![1]! + mark![3]! / 2 - (420 + 6) / 842)).toBeLessThan(0.02);
  expect(Math.abs(mark![0]! - 60 / 595)).toBeLessThan(0.02);
  expect(faults).toEqual([]);
});

it.skipIf(koreanFont() === null)("does the same in Korean on a phone", patience, async () => {
  const lines = [
    { text: "한결 HK-40 프레스 고장 목록", y: 80, size: 18 },
    { text: "고장 F-61: 유압 오일 온도 높음. 냉각기 필터를 청소한다.", y: 200 },
    { text: "고장 F-62: 램 위치 이탈. 리니어 스케일을 점검한다.", y: 560 },
  ];
  const manual = await file("한결 HK-40 설명서.pdf", await makePdf([lines], koreanFont()!));
  const { page, faults } = await openDocuments({ language: "ko", size: "phone" });
  await page.locator('input[type="file"]').setInputFiles([manual]);
  await page
    .locator(".ingestion .file-line", { hasText: "한결 HK-40 설명서.pdf" })
    .getByText("추가됨")
    .waitFor({ timeout: 20_000 });
  await ask(page, "HK-40 고장 F-62 뭐부터 봐야 돼?");
  await openPageOf(page, "F-62");
  const [mark] = await marks(page);
  expect(Math.abs(mark![1]! + mark![3]! / 2 - (560 + 6) / 842)).toBeLessThan(0.02);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(faults).toEqual([]);
});

it("finds a passage, keeps what a person says of a document, and removes it for good", patience, async () => {
  const guide = await file(
    "grinder.md",
    "# Grinder guide\n\nThe quill spring of the grinder breaks when it is cold.\n",
  );
  const { page, faults } = await openDocuments({ size: "desk" });
  await page.locator('input[type="file"]').setInputFiles([guide]);
  const row = page.locator(".document-row", { hasText: "Grinder guide" });
  await row.waitFor({ timeout: 20_000 });

  await page.getByRole("searchbox").fill("quill spring");
  await page.getByRole("button", { name: "Search inside" }).click();
  await page.locator(".hits mark", { hasText: "quill" }).first().waitFor();
  await page.locator(".hits .document-row").first().click();
  await page.locator(".viewer .chunk.is-marked").getByText("quill spring").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close results" }).click();
  await page.getByRole("searchbox").fill("");

  await row.click();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Edition", { exact: true }).fill("D");
  await page.getByLabel("Machines").fill("GR-01");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("D (set by hand)").waitFor();

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("this can't be undone").waitFor();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await row.waitFor({ state: "detached" });
  const left = await (await fetch(`${server.url}/api/search?q=quill%20spring`)).json();
  expect(JSON.stringify(left)).not.toContain("grinder.md");
  expect(faults).toEqual([]);
});

it("keeps files that could not be sent, and sends them when asked again", async () => {
  const note = await file("late.md", "# Late note\n\nThe compressor hums at dawn.\n");
  const { page } = await openDocuments({ size: "desk" });
  await page.getByRole("searchbox").waitFor();
  await page.context().setOffline(true);
  await page.locator('input[type="file"]').setInputFiles([note]);
  await page.getByText("Not sent").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.locator(".ingestion .file-line", { hasText: "late.md" }).getByText("Added").waitFor({ timeout: 20_000 });
});
