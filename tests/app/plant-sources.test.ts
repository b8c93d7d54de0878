import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/core/run-event.ts";
import type { Status } from "../../src/http/backend.ts";
import { openDoors, type Doors } from "../http/open-doors.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";

// A plant whose MES is somewhere else, asked through the HTTP door while that MES comes, hangs, dies and comes back.

const rows: Record<string, object[]> = {
  "/machines": [{ id: "PRESS-09", name: "Press 9", ko: "프레스 9호기" }],
  "/orders": [
    { no: "P-1", machine: "PRESS-09", text: "Clutch slips", cause: "Oil on the lining", done: "2026-11-02T08:00:00Z" },
    { no: "P-2", machine: "PRESS-09", text: "Clutch slips again", cause: "Lining worn", done: "2026-11-12T08:00:00Z" },
    { no: "P-3", machine: "MILL-01", text: "Spindle noise", cause: "Bearing", done: "2026-11-10T08:00:00Z" },
  ],
};

const folder = temporaryFolderUntil(afterAll);
let mode: "well" | "hangs" | "dies in mid-turn" = "well";
let asked = 0;
let server: Server;
let doors: Doors;

async function listen(port: number): Promise<void> {
  server = createServer((request, response) => {
    asked += 1;
    const { pathname } = new URL(request.url ?? "/", "http://mes");
    if (mode === "hangs") return;
    if (mode === "dies in mid-turn" && pathname === "/orders") return void request.socket.destroy();
    response.end(JSON.stringify(rows[pathname] ?? []));
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
}

const site = (port: number) => `
time_zone: Asia/Seoul
mes_stores:
  - name: erp
    kind: rest
    url: http://127.0.0.1:${port}
    timeout_ms: 1500
    cache_seconds: 0
    records:
      equipment: { path: machines, columns: { id: id, name: name, name_ko: ko } }
      work_orders:
        path: orders
        columns: { id: no, equipment_id: machine, description: text, cause: cause, finished_at: done }
`;

beforeAll(async () => {
  await listen(0);
  const file = join(folder, "site.yaml");
  writeFileSync(file, site((server.address() as AddressInfo).port));
  doors = await openDoors({ environment: { SUNBAE_SITE_FILE: file } });
}, 120_000);
afterAll(async () => {
  await doors.close();
  server.closeAllConnections();
  server.close();
});

const status = async () => (await (await doors.call("/api/status")).json()) as Status;
const ask = async (question: string) => {
  const began = performance.now();
  const answer = (await (await doors.post("/api/ask", { question })).json()) as Answer;
  return { ...answer, ms: performance.now() - began };
};
async function untilSeen(): Promise<void> {
  for (let tries = 0; tries < 100 && !(await status()).sources[0]?.ok; tries++) await pause(100);
}

const unseenFirst = /^Not all of the plant's data can be seen now: erp \(since \d{4}-\d\d-\d\d \d\d:\d\d, /;

describe("a plant with an MES of its own elsewhere", () => {
  test("is asked about machines that only that MES knows, in both languages", async () => {
    const english = await ask("how many work orders did PRESS-09 have?");
    expect(english.answer).toMatch(/\b2\b/);
    expect(english.evidence[0]?.source.label).toBe("work orders · erp");
    const korean = await ask("프레스 9호기 작업지시 몇 건이야?");
    expect(korean.answer).toContain("2건");
  });

  test("counts a machine's work orders here and there together", async () => {
    // One of the import, one of the other MES.
    expect((await ask("how many work orders did MILL-01 have?")).answer).toMatch(/\b2\b/);
  });

  test("tells its sources in status, readiness, metrics and by a look", async () => {
    expect((await status()).sources).toMatchObject([{ name: "erp", kind: "mes", ok: true, problem: null }]);
    expect(await (await doors.call("/readyz")).json()).toMatchObject({ ready: true, sources: { declared: 1, ok: 1 } });
    expect(await (await doors.call("/metrics")).text()).toMatch(/sunbae_source_up\{source="erp",kind="mes"\} 1/);
    const { sources } = (await (await doors.call("/api/sources")).json()) as { sources: object[] };
    expect(sources).toMatchObject([
      { name: "erp", kind: "rest", ok: true, place: expect.stringContaining("127.0.0.1") },
    ]);
  });
});

test.each(["hangs", "dies in mid-turn"] as const)(
  "an MES that %s is told of, waited for once, and found again",
  async (trouble) => {
    mode = trouble;
    const first = await ask("how many work orders did MILL-01 have?");
    // The rest is answered with, and what is missing is said first.
    expect(first.answer).toMatch(unseenFirst);
    expect(first.answer).toMatch(/\b1\b/);
    expect(first.ms).toBeLessThan(5_000);

    const before = asked;
    const second = await ask("프레스 9호기 작업지시 몇 건이야?");
    expect(second.answer).toMatch(/^지금 볼 수 없는 데이터가 있습니다: erp \(\d{4}-\d\d-\d\d \d\d:\d\d부터/);
    // What can't be seen is never said to be nothing.
    expect(second.answer).toContain("erp의 데이터를 지금 볼 수 없어");
    expect(second.answer).not.toMatch(/0건|없는 설비|작업지시가 없/);
    expect(second.ms).toBeLessThan(1_200);
    expect(asked - before).toBeLessThanOrEqual(2);
    expect(await (await doors.call("/readyz")).json()).toMatchObject({ ready: true, sources: { declared: 1, ok: 0 } });

    mode = "well";
    await untilSeen();
    const { answer } = await ask("how many work orders did PRESS-09 have?");
    expect(answer).not.toMatch(unseenFirst);
    expect(answer).toMatch(/\b2\b/);
  },
  60_000,
);

test("a site file with a fault stops the start by a sentence with its line", async () => {
  const file = join(folder, "wrong.yaml");
  writeFileSync(file, "time_zone: Asia/Seoul\nmes_store: []\n");
  await expect(openDoors({ environment: { SUNBAE_SITE_FILE: file }, plant: false })).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(/wrong\.yaml, line 2: "mes_store" is not known here\. Did you mean "mes_stores"/),
  });
});
