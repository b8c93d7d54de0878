import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { buildPage } from "./support/build-page.ts";
import { createBrowser, type Look } from "./support/open-browser.ts";
import { boxOf, markedLine, pagedScript, pages, picture } from "./support/paged-manual.ts";
import { fixed } from "./support/plant.ts";
import { startScriptedApi, type ScriptedApi } from "./support/scripted-api.ts";

let built: Awaited<ReturnType<typeof buildPage>>;
let api: ScriptedApi;
const browser = createBrowser();
// Page 38 has no picture that could be loaded.
const pictures = Object.fromEntries([36, 37, 412].map((n) => [`/api/documents/paged/pages/${n}/image`, picture()]));

beforeAll(async () => {
  built = await buildPage();
});
afterAll(() => built.remove());
beforeEach(async () => {
  api = await startScriptedApi({ page: built.folder, script: pagedScript, fixed: { ...fixed, ...pages }, pictures });
});
afterEach(async () => {
  await browser.close();
  await api.close();
});

/** Asks, opens the citation, and its page. */
async function openPage(look?: Look): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await browser.open(api.url, look);
  await page.getByLabel(/^(질문|Your question)$/).fill("AL-05");
  await page.keyboard.press("Enter");
  await page.locator(".answer-foot").waitFor();
  await page.locator(".cite").first().click();
  await page.locator(".page-preview img").waitFor();
  await page.locator(".page-preview").click();
  await page.locator(".viewer .paper img").waitFor();
  return { page, faults };
}

const loaded = (page: Page, number: number) =>
  page.waitForFunction((wanted) => {
    const image = document.querySelector<HTMLImageElement>(".viewer .paper img");
    return image?.src.includes(`/pages/${wanted}/`) && image.complete && image.naturalWidth > 0;
  }, number);

it("opens a citation's page as it came, with the passage marked where it stands and scrolled into view", async () => {
  const { page, faults } = await openPage({ size: "desk" });
  await loaded(page, 37);
  const { paper, mark, stage } = await page.evaluate(() => {
    const box = (selector: string) => {
      const { x, y, width, height } = document.querySelector(`.viewer ${selector}`)!.getBoundingClientRect();
      return { x, y, width, height };
    };
    return { paper: box(".paper"), mark: box(".marks rect"), stage: box(".stage") };
  });
  const [left, top, width, height] = boxOf(markedLine);
  expect(await page.locator(".viewer .marks rect").count()).toBe(1);
  expect(Math.abs(mark.x + mark.width / 2 - (paper.x + (left + width / 2) * paper.width))).toBeLessThan(3);
  expect(Math.abs(mark.y + mark.height / 2 - (paper.y + (top + height / 2) * paper.height))).toBeLessThan(3);
  expect(mark.y).toBeGreaterThan(stage.y);
  expect(mark.y + mark.height).toBeLessThan(stage.y + stage.height);
  expect(faults).toEqual([]);
});

it("says that the page was recognised from a picture and that a newer edition is in force", async () => {
  const { page } = await openPage({ language: "ko" });
  await page.locator(".viewer").getByText("그림에서 인식한 글입니다. 숫자는 반드시 그림과 대조하세요.").waitFor();
  await page.locator(".viewer").getByText("이 문서에는 더 새로운 개정판이 있습니다.").waitFor();
  await page.locator(".viewer").getByText("승인 전 설명서").waitFor();
});

it("turns pages by button, by number and by key, and leads back to the passage", async () => {
  const { page } = await openPage({ size: "desk" });
  await page.getByRole("button", { name: "Previous page" }).click();
  await loaded(page, 36);
  await page.getByLabel("Go to page").fill("412");
  await page.keyboard.press("Enter");
  await loaded(page, 412);
  expect(await page.getByRole("button", { name: "Next page" }).isDisabled()).toBe(true);
  await page.getByText("The passage stands on page 37.").waitFor();
  await page.getByRole("button", { name: "Go there" }).click();
  await loaded(page, 37);
  await page.locator(".stage").focus();
  await page.keyboard.press("ArrowLeft");
  await loaded(page, 36);
});

it("keeps what one looks at in place while it is enlarged", async () => {
  const { page } = await openPage({ size: "phone" });
  await loaded(page, 37);
  const middle = () =>
    page.evaluate(() => {
      const [stage, mark] = [".stage", ".marks rect"].map((one) => document.querySelector(`.viewer ${one}`)!);
      const [outer, inner] = [stage!.getBoundingClientRect(), mark!.getBoundingClientRect()];
      return { width: inner.width, visible: inner.bottom > outer.top && inner.top < outer.bottom };
    });
  const before = await middle();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.waitForTimeout(300);
  const after = await middle();
  expect(after.width).toBeGreaterThan(before.width * 1.3);
  expect(after.visible).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it("shows the page's text with the passage marked instead, when asked", async () => {
  const { page } = await openPage();
  await page.getByRole("button", { name: "Show the page's text" }).click();
  await page.locator(".viewer .chunk.is-marked").getByText("AL-05 Spindle hot").waitFor();
  await page.getByRole("button", { name: "Show the page as it came" }).click();
  await page.locator(".viewer .paper").waitFor();
});

it("says what is wrong where a picture does not come, and still has the text", async () => {
  const { page } = await openPage();
  await page.getByRole("button", { name: "Next page" }).click();
  await page.locator(".viewer").getByRole("alert").getByText("There is nothing at").waitFor();
  await page.getByRole("button", { name: "Show the page's text" }).click();
  await page.locator(".viewer").getByText("Text of page 38").waitFor();
});

it("can be used by touch: no target is too small", async () => {
  const { page } = await openPage({ language: "ko" });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("dialog :is(button, a, input)")]
      .filter((element) => element.offsetParent && (element.offsetHeight < 44 || element.offsetWidth < 44))
      .map((element) => `${element.className} ${element.offsetWidth}x${element.offsetHeight}`),
  );
  expect(small).toEqual([]);
});

it("is enlarged by two fingers, and asks for one sharper picture when they rest", async () => {
  const { page } = await openPage({ size: "phone" });
  await loaded(page, 37);
  const images = (): string[] => api.requests.map(({ line }) => line).filter((line) => line.endsWith("/37/image"));
  const before = images().length;
  const width = () => page.evaluate(() => document.querySelector(".viewer .paper")!.clientWidth);
  const narrow = await width();
  const touch = await page.context().newCDPSession(page);
  const fingers = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) => {
    const touchPoints = type === "touchEnd" ? [] : [150 - apart, 180 + apart].map((x, id) => ({ x, y: 500, id }));
    return touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  await fingers("touchStart", 0);
  for (let step = 1; step <= 10; step += 1) await fingers("touchMove", step * 4);
  await fingers("touchEnd", 0);
  await page.waitForTimeout(600);
  expect(await width()).toBeGreaterThan(narrow * 1.5);
  expect(images().length - before).toBe(1);
});
