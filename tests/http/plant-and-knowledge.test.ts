import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoors, type Doors } from "./open-doors.ts";

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(async () => await doors.close());

const get = async (path: string) => await (await doors.call(path)).json();
const upload = (name: string, text: string) => {
  const form = new FormData();
  form.set("file", new File([text], name));
  return doors.call("/api/documents", { method: "POST", body: form });
};

it("lists the machines and shows one with its newest readings", async () => {
  const { equipment } = (await get("/api/equipment")) as { equipment: { id: string }[] };
  expect(equipment.map((one) => one.id)).toEqual(["MILL-01", "MILL-02"]);
  expect(await get("/api/equipment/MILL-01")).toMatchObject({
    equipment: { nameKo: "밀링 1호기", sample: false },
    tags: [{ id: "MILL-01.bearing_temperature", latest: { value: 70.5 } }],
  });
  expect((await doors.call("/api/equipment/NONE")).status).toBe(404);
});

it("gives the newest day of readings, and refuses a sensor of another machine", async () => {
  const { series } = (await get("/api/equipment/MILL-01/readings")) as { series: { points: { max: number }[] }[] };
  expect(series[0]?.points.map((point) => point.max)).toEqual([61.5, 66, 70.5]);
  const wrong = await doors.call("/api/equipment/MILL-01/readings?tags=MILL-02.x");
  expect(await wrong.json()).toMatchObject({ status: 404, fix: "It has: MILL-01.bearing_temperature." });
});

it("finds passages, at most one a document where asked", async () => {
  const found = (await get("/api/search?q=bearing%20temperature&k=5")) as {
    results: { path: string }[];
    legs: string[];
  };
  expect(found.results[0]).toMatchObject({ path: "vm-9.md", title: "VM-9 manual", page: null });
  expect(found.legs).toContain("bm25");
  const single = (await get("/api/search?q=bearing&documents=true")) as { results: object[] };
  expect(single.results).toHaveLength(1);
});

it("shows a document's text so that each passage stands at its span", async () => {
  const { documents } = (await get("/api/documents?kind=manual")) as { documents: { id: string }[] };
  const document = (await get(`/api/documents/${documents[0]!.id}`)) as {
    text: string;
    approved: boolean;
    anchors: { span: [number, number]; heading: string; safety: boolean }[];
  };
  expect(document.approved).toBe(true);
  const lockout = document.anchors.find((anchor) => anchor.safety);
  expect(document.text.slice(...lockout!.span)).toContain("Turn the main switch off and lock it.");
});

it("reads an uploaded document by a job, takes a newer version under its name, and removes it", async () => {
  const first = await upload("pump.md", "# Pump\n\nThe seal drips when the oil is warm.\n");
  expect(first.status).toBe(201);
  const state = (await first.json()) as { state: string; counts: object; files: { documentId: string }[] };
  expect(state).toMatchObject({ state: "done", counts: { added: 1 } });
  const { documentId } = state.files[0]!;
  const { results } = (await get("/api/search?q=seal%20drips")) as {
    results: { documentId: string; confidence: number }[];
  };
  expect(results.find((one) => one.documentId === documentId)!.confidence).toBeGreaterThan(0.9);
  const second = (await (await upload("pump.md", "# Pump\n\nThe gland is tight.\n")).json()) as typeof state;
  expect(second.counts).toMatchObject({ updated: 1 });
  expect((await doors.call(`/api/documents/${documentId}`, { method: "DELETE" })).status).toBe(204);
  expect((await doors.call(`/api/documents/${documentId}`)).status).toBe(404);
});

it("refuses an upload that is no readable file, and one that is a path", async () => {
  expect((await upload("tool.exe", "x")).status).toBe(400);
  expect((await doors.call("/api/documents", { method: "POST", body: new FormData() })).status).toBe(400);
  const state = (await (await upload("../../etc/notes.md", "# Notes\n\nNothing yet.\n")).json()) as {
    files: { path: string }[];
  };
  expect(state.files[0]?.path).toBe("notes.md");
});

it("runs a tool by name and describes its input", async () => {
  const run = await doors.post("/api/tools/find_equipment", { query: "밀링 2호기" });
  expect(await run.json()).toMatchObject({ output: { total: 1, equipment: [{ id: "MILL-02" }] } });
  expect((await doors.post("/api/tools/find_equipment", { nonsense: 1 })).status).toBe(400);
  const { tools } = (await get("/api/tools")) as { tools: { name: string; input: { type: string } }[] };
  expect(tools.find((tool) => tool.name === "find_equipment")?.input.type).toBe("object");
});

it("tells its mode, its counts and questions that its own data can answer", async () => {
  const status = (await get("/api/status")) as { examples: { question: string }[] };
  expect(status).toMatchObject({
    mode: "extractive",
    sample: false,
    timeZone: "Asia/Seoul",
    database: { engine: "embedded" },
    counts: { equipment: 2, tags: 1, workOrders: 1, codes: 2 },
    newestReadingAt: "2026-11-19T17:40:00.000Z",
  });
  expect(status.examples[0]?.question).toBe("MILL-01 알람 2041 떴는데 뭐부터 봐야 돼?");
});
