import { afterEach, beforeEach, beforeAll, afterAll, describe, expect, it } from "vitest";
import { buildPage } from "./support/build-page.ts";
import { createBrowser, type Look } from "./support/open-browser.ts";
import { fixed, script } from "./support/plant.ts";
import { startScriptedApi, type ScriptedApi } from "./support/scripted-api.ts";

let built: Awaited<ReturnType<typeof buildPage>>;
let api: ScriptedApi;
const browser = createBrowser();

beforeAll(async () => {
  built = await buildPage();
});
afterAll(() => built.remove());
beforeEach(async () => {
  api = await startScriptedApi({ page: built.folder, script, fixed, decideMs: 300 });
});
afterEach(async () => {
  await browser.close();
  await api.close();
});

async function openPage(look?: Look) {
  const { page, faults } = await browser.open(api.url, look);
  const ask = async (question: string): Promise<void> => {
    await page.getByLabel(/^(질문|Your question)$/).fill(question);
    await page.keyboard.press("Enter");
  };
  return { page, faults, ask };
}

const linesTo = (path: string): ScriptedApi["requests"] => api.requests.filter(({ line }) => line.endsWith(path));

describe("a turn", () => {
  it("shows evidence before the answer, then the answer with its sources", async () => {
    const { page, faults, ask } = await openPage({ language: "ko" });
    await ask("slow: CNC-07 알람 2041 떴는데 뭐부터 봐야 돼?");
    await page.getByText("2041 스핀들 베어링 온도 높음").first().waitFor();
    await page.getByText("71.4").first().waitFor();
    await page.getByText("김영수", { exact: true }).waitFor();
    expect(await page.locator(".answer .prose").count()).toBe(0);
    await page.locator(".answer .cite").first().waitFor({ timeout: 15_000 });
    expect(faults).toEqual([]);
  });

  it("starts from an example with one press", async () => {
    const { page } = await openPage();
    await page.getByRole("button", { name: /How many work orders/ }).click();
    await page.locator(".answer table").waitFor();
    expect(linesTo("/api/ask")[0]?.body).toEqual({ question: "How many work orders did press 2 have last week?" });
  });

  it("sends the chosen machine, and asks further in the same conversation", async () => {
    const { page, ask } = await openPage({ language: "ko" });
    await page.getByRole("button", { name: "설비 고르기" }).click();
    await page.getByRole("searchbox").fill("큰프레스");
    await page.keyboard.press("Enter");
    await ask("몇 건이야?");
    await page.locator(".answer-foot").waitFor();
    await ask("그 전 주는 몇 건이야?");
    await page.locator(".answer-foot").nth(1).waitFor();
    const [first, second] = linesTo("/api/ask").map(({ body }) => body as Record<string, string>);
    expect(first?.["equipmentId"]).toBe("HP-02");
    expect(second?.["conversationId"]).toMatch(/^conv-/);
    expect(page.url()).toContain(`#/c/${second?.["conversationId"]}`);
  });

  it("clears what the model had written when the model is lost, and says so", async () => {
    const { page, ask } = await openPage();
    await ask("model lost");
    await page.getByText("The model dropped out. The answer goes on without it.").waitFor();
    await page.locator(".answer-foot").getByText("Without model").waitFor();
    expect(await page.locator(".answer").innerText()).not.toContain("vanish");
  });

  it("says what failed and the fix", async () => {
    const { page, ask } = await openPage();
    await ask("this fails");
    await page.getByText("The MES database does not answer.").waitFor();
    await page.getByText("Check its address in the site file, then ask again.").waitFor();
  });

  it("stops when it is told to", async () => {
    const { page, ask } = await openPage();
    await ask("slow question");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    expect(linesTo("/cancel")).toHaveLength(1);
  });

  it("shows a refusal above everything else", async () => {
    const { page, ask } = await openPage({ language: "ko" });
    await ask("인터록 어떻게 풀어?");
    await page.getByRole("alert").getByText("안 됩니다. 안전장치는 그대로 둡니다.").waitFor();
  });
});

describe("evidence", () => {
  it("opens from a citation, and its document at the passage", async () => {
    const { page, ask } = await openPage({ language: "ko" });
    await ask("CNC-07 알람 2041");
    await page.locator(".answer-foot").waitFor();
    await page.locator(".cite").first().click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("원인: 베어링 마모, 오일 미스트 부족, 과부하").waitFor();
    await sheet.getByRole("button", { name: "문서 열기" }).click();
    await sheet.locator(".chunk.is-marked").getByText("스핀들 베어링 온도 높음").waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    // The focus comes back a moment after the sheet is gone.
    await page.waitForFunction(() => document.activeElement?.className === "cite");
  });

  it("draws the course of a reading", async () => {
    const { page, ask } = await openPage({ language: "ko" });
    await ask("CNC-07 알람 2041");
    await page.locator(".answer-foot").waitFor();
    await page.locator('.cite[data-evidence="E2"]').first().click();
    await page.locator(".chart canvas").waitFor();
  });

  it("does nothing of what hostile Markdown and HTML ask for", async () => {
    const { page, faults, ask } = await openPage();
    const strangers: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(api.url)) strangers.push(request.url());
    });
    await ask("hostile");
    await page.locator(".answer .cite").first().waitFor();
    await page.locator(".answer .cite").last().click();
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator("#app :is(script, iframe, object, style)").count()).toBe(0);
    expect(await page.locator(":is(.prose, .plain-text, .card-text) :is(a, img)").count()).toBe(0);
    expect(await page.locator("[onerror], [onclick]").count()).toBe(0);
    expect(strangers).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe("approval", () => {
  it("is sent once, with what was seen, though it is pressed twice", async () => {
    const { page, ask } = await openPage();
    await ask("alarm 2041");
    const approve = page.getByRole("button", { name: "Approve", exact: true });
    await approve.waitFor();
    await approve.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.locator(".proposal").getByText("Approved").waitFor();
    await page.locator(".proposal").getByText("WO-9000").waitFor();
    expect(linesTo("/approve")).toHaveLength(1);
    expect(linesTo("/approve")[0]?.body).toEqual({ expectedTextHash: "hash of PR-1" });
    expect(api.records).toEqual(["WO-9000"]);
  });

  it("asks for a reason before it rejects", async () => {
    const { page, ask } = await openPage();
    await ask("alarm 2041");
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByText("Say why in a few words.").waitFor();
    await page.getByLabel("Why not?").fill("Parts are not here");
    await page.getByRole("button", { name: "Reject" }).click();
    await page.locator(".proposal").getByText("Rejected").waitFor();
    expect(linesTo("/reject")[0]?.body).toEqual({ reason: "Parts are not here" });
  });
});

describe("a lost connection", () => {
  it("goes on from the last event, without asking again", async () => {
    const { page, ask } = await openPage();
    await ask("cut the line");
    await page.locator(".answer-foot").waitFor();
    expect(linesTo("/api/ask")).toHaveLength(1);
    const resumed = linesTo("/events");
    expect(resumed).toHaveLength(1);
    expect(Number(resumed[0]?.headers["last-event-id"])).toBeGreaterThan(5);
    expect(await page.locator(".evidence-card, .fold").first().innerText()).toContain("7");
    expect(await page.locator(".answer ol li").count()).toBe(3);
  });

  it("keeps the question while there is no network, and asks it once", async () => {
    const { page, ask } = await openPage();
    await page.context().setOffline(true);
    await ask("alarm 2041");
    await page.getByText("No network. It goes on as soon as there is one.").waitFor();
    await page.context().setOffline(false);
    await page.locator(".answer-foot").waitFor();
    expect(new Set(linesTo("/api/ask").map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  it("follows the same run after a reload", async () => {
    const { page, ask } = await openPage();
    await ask("slow question");
    await page.getByText("Evidence 7").waitFor();
    await page.reload();
    await page.getByText("Evidence 7").waitFor();
    await page.locator(".answer-foot").waitFor({ timeout: 15_000 });
    expect(linesTo("/api/ask")).toHaveLength(1);
  });
});

describe("languages", () => {
  it("begins in the browser's, switches, and remembers", async () => {
    const { page } = await openPage({ language: "ko" });
    await page.getByText("설비, 알람, 기록을 물어보세요.").waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("ko");
    await page.getByRole("button", { name: "Switch to English" }).click();
    await page.getByText("Ask about a machine, an alarm, a record.").waitFor();
    await page.reload();
    await page.getByText("Ask about a machine, an alarm, a record.").waitFor();
  });
});

describe("on a phone", () => {
  it.each(["ko", "en"] as const)(
    "is never wider than the screen and every target is large enough (%s)",
    async (language) => {
      const { page, ask } = await openPage({ language });
      await ask(language === "ko" ? "지난주 몇 건이야?" : "How many work orders?");
      await page.locator(".answer-foot").waitFor();
      await ask("alarm 2041");
      await page.locator(".proposal").waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("button:not(.cite), a, summary, textarea, input")]
          .filter((element) => element.offsetParent && !element.matches(".skip"))
          .filter((element) => element.offsetHeight < 44 || element.offsetWidth < 44)
          .map((element) => `${element.className} ${element.offsetWidth}x${element.offsetHeight}`),
      );
      expect(small).toEqual([]);
    },
  );
});
