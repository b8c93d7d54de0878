import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type Look = { language?: "ko" | "en"; dark?: boolean; size?: "phone" | "desk" };
export type OpenBrowser = {
  open(url: string, look?: Look): Promise<{ page: Page; faults: string[] }>;
  close(): Promise<void>;
};

/** Debian's chromium in a fresh profile for every page. `faults` fills with whatever the page's console complains of. */
export function createBrowser(): OpenBrowser {
  const executablePath = process.env["SUNBAE_TEST_CHROMIUM"] || "/usr/bin/chromium";
  const opened: { context: BrowserContext; profile: string }[] = [];
  return {
    async open(url, { language = "en", dark = true, size = "phone" } = {}) {
      const profile = mkdtempSync(join(tmpdir(), "sunbae-chromium-"));
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        headless: true,
        args: flags,
        locale: language === "ko" ? "ko-KR" : "en-GB",
        colorScheme: dark ? "dark" : "light",
        viewport: size === "phone" ? { width: 360, height: 740 } : { width: 1280, height: 800 },
        hasTouch: size === "phone",
      });
      opened.push({ context, profile });
      const page = context.pages()[0] ?? (await context.newPage());
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      await page.goto(url);
      return { page, faults };
    },
    async close() {
      for (const { context, profile } of opened.splice(0)) {
        await context.close();
        await rm(profile, { recursive: true, force: true });
      }
    },
  };
}
