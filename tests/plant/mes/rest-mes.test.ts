import { afterEach, describe, expect, it } from "vitest";
import { restMesSettings } from "../../../src/plant/mes/rest/rest-mes-settings.ts";
import type { Row } from "../../../src/plant/records.ts";
import type { MesSource } from "../../../src/plant/source.ts";
import { openTestRestMes as open } from "./open-test-rest-mes.ts";
import { startRestServer, type Answer, type RestServer } from "./rest-server.ts";

let server: RestServer;
afterEach(async () => await server.close());

const rows: Row[] = Array.from({ length: 7 }, (_, index) => ({ no: `P${index}`, title: `part ${index}` }));
const columns = { id: "no", name: "title" };
const parts = (more: object = {}) => ({ parts: { path: "parts", columns, ...more } });
const idsOf = async ({ store }: MesSource) =>
  (await store.list({ records: "parts", where: [], timeZone: "UTC", limit: 99, orderBy: [] })).rows
    .map((row) => row["id"])
    .join(" ");
const all = "P0 P1 P2 P3 P4 P5 P6";
const failure = async (source: MesSource) =>
  await idsOf(source).catch((thrown: { code: string; message: string }) => `${thrown.code}: ${thrown.message}`);

describe("pages", () => {
  const slice = (from: number, size: number) => rows.slice(from, from + size);
  it.each<[string, object, Answer, number]>([
    ["none", {}, () => ({ body: rows }), 1],
    [
      "by number, of the source's own size",
      { by: "page" },
      (url) => ({ body: slice((Number(url.searchParams.get("page")) - 1) * 3, 3) }),
      4,
    ],
    [
      "by offset",
      { by: "offset", size: 3 },
      (url) => ({ body: slice(Number(url.searchParams.get("offset")), Number(url.searchParams.get("limit"))) }),
      3,
    ],
  ])("%s", async (_, paging, answer, requests) => {
    server = await startRestServer(answer);
    const source = open({ url: server.url, records: parts("by" in paging ? { paging } : {}) });
    expect(await idsOf(source)).toBe(all);
    expect(server.requests).toHaveLength(requests);
    expect(server.requests.every((request) => request.startsWith("GET /api/parts"))).toBe(true);
  });

  it("by cursor", async () => {
    server = await startRestServer((url) => {
      const at = Number(url.searchParams.get("after") ?? 0);
      return { body: { items: slice(at, 4), meta: { next: at + 4 < 7 ? String(at + 4) : null } } };
    });
    const paging = { by: "cursor", parameter: "after", next: "meta.next" };
    expect(await idsOf(open({ url: server.url, records: parts({ rows: "items", paging }) }))).toBe(all);
  });

  it("by the header Link", async () => {
    server = await startRestServer((url) => {
      const at = Number(url.searchParams.get("at") ?? 0);
      const link = at + 4 < 7 ? `</api/parts?at=0>; rel="first", </api/parts?at=${at + 4}>; rel="next"` : "";
      return { headers: link ? { link } : {}, body: slice(at, 4) };
    });
    expect(await idsOf(open({ url: server.url, records: parts({ paging: { by: "link" } }) }))).toBe(all);
  });

  it("that lead elsewhere, or in a circle, are refused", async () => {
    server = await startRestServer(() => ({
      headers: { link: '<http://elsewhere.example/x>; rel="next"' },
      body: rows,
    }));
    const source = open({ url: server.url, records: parts({ paging: { by: "link" } }) });
    expect(await failure(source)).toContain("next page at elsewhere.example");
    server.answerWith(() => ({ headers: { link: '</api/parts>; rel="next"' }, body: rows }));
    expect(await failure(source)).toContain("its own next page");
  });
});

it("sends the login and the query, and nothing but GET", async () => {
  const seen: (string | undefined)[] = [];
  server = await startRestServer((_, request) => {
    seen.push(request.headers.authorization, request.headers["x-plant"] as string);
    return { body: rows };
  });
  const more = { user: "viewer", password: "geheim", headers: { "X-Plant": "1" } };
  await idsOf(open({ url: server.url, ...more, records: parts({ query: { state: "active", year: 2026 } }) }));
  expect(server.requests).toEqual(["GET /api/parts?state=active&year=2026"]);
  expect(seen).toEqual([`Basic ${Buffer.from("viewer:geheim").toString("base64")}`, "1"]);
});

it("keeps rows for a while, lets questions share a reading, and forgets a failed one", async () => {
  server = await startRestServer(() => ({ status: 500, body: "no" }));
  let now = 0;
  const source = open({ url: server.url, cache_seconds: 30, records: parts() }, { now: () => new Date(now) });
  expect(await failure(source)).toContain("unavailable: ");
  server.answerWith(() => ({ body: rows }));
  await Promise.all([idsOf(source), idsOf(source), source.store.coverage("parts")]);
  now = 29_000;
  await idsOf(source);
  expect(server.requests).toHaveLength(2);
  now = 31_000;
  await idsOf(source);
  expect(server.requests).toHaveLength(3);
});

it("waits as a busy source wishes, and gives up in the end", async () => {
  let busy = 2;
  server = await startRestServer(() =>
    busy-- > 0 ? { status: 429, headers: { "retry-after": "0" }, body: "" } : { body: rows },
  );
  expect(await idsOf(open({ url: server.url, records: parts() }))).toBe(all);
  server.answerWith(() => ({ status: 503, headers: { "retry-after": "3600" }, body: "" }));
  const began = performance.now();
  expect(await failure(open({ url: server.url, records: parts() }))).toContain("too busy");
  expect(performance.now() - began).toBeLessThan(3_000);
});

it.each<[string, Answer, RegExp]>([
  ["no JSON", () => ({ body: "<html>" }), /unavailable: .*no JSON/],
  ["no list", () => ({ body: { data: {} } }), /unavailable: .*no list/],
  ["a redirect", () => ({ status: 302, headers: { location: "http://elsewhere.example/" }, body: "" }), /unavailable/],
  ["a refusal", () => ({ status: 401, body: "" }), /unavailable: .*refused the login/],
  ["17 MB", () => ({ body: JSON.stringify(["x".repeat(17 * 1024 * 1024)]) }), /too_large/],
  ["more rows than allowed", () => ({ body: Array.from({ length: 200 }, (_, no) => ({ no })) }), /too_large/],
])("an answer of %s is told, not guessed", async (_, answer, said) => {
  server = await startRestServer(answer);
  expect(await failure(open({ url: server.url, max_rows: 100, records: parts() }))).toMatch(said);
});

it("one answer may have hundreds of thousands of rows", async () => {
  server = await startRestServer(() => ({ body: Array.from({ length: 300_000 }, (_, no) => ({ no })) }));
  const { store } = open({ url: server.url, max_rows: 500_000, timeout_ms: 30_000, records: parts() });
  expect((await store.coverage("parts")).rows).toBe(300_000);
});

it("rows that are nonsense are no rows, and those that the mapping leaves out", async () => {
  const odd = [
    null,
    5,
    "text",
    [],
    {},
    { no: null },
    { no: { deep: 1 } },
    { no: "D", gone: true },
    { no: "ok", title: 7 },
  ];
  server = await startRestServer(() => ({ body: odd }));
  const source = open({ url: server.url, records: parts({ skip_when: { gone: true } }) });
  expect(await idsOf(source)).toBe('ok {"deep":1}');
});

it("a source that went away is unavailable until it is back", async () => {
  server = await startRestServer(() => ({ body: rows }));
  const settings = { url: server.url, cache_seconds: 0, records: parts() };
  const source = open(settings);
  expect(await idsOf(source)).toBe(all);
  await server.close();
  expect(await failure(source)).toContain("can't be reached");
  expect(await source.probe()).toMatchObject({ ok: false, problem: expect.stringContaining("can't be reached") });
  server = await startRestServer(() => ({ body: rows }));
});

it("a probe counts, compares clocks and names columns that are near", async () => {
  server = await startRestServer(() => ({ body: rows }));
  const view = await open({
    url: server.url,
    records: { parts: { path: "parts", columns: { id: "no", name: "titel" } } },
  }).probe();
  expect(view).toMatchObject({ ok: true, rows: [{ records: "parts", count: 7 }] });
  expect(view.notes.join("\n")).toContain('no row has "titel". Did you mean "title"?');
  expect(Math.abs(view.clockDifferenceMs ?? 1e9)).toBeLessThan(1_500);
});

it("settings say what is wrong with them", () => {
  const problem = (settings: object) =>
    restMesSettings
      .safeParse({ name: "m", kind: "rest", url: "http://a", records: parts(), ...settings })
      .error?.issues.map((issue) => issue.message)
      .join("; ") ?? "fine";
  expect(problem({})).toBe("fine");
  expect(problem({ url: "ftp://a" })).toContain("http://10.0.0.7:8080/api");
  expect(problem({ records: {} })).toContain("map at least one of");
  expect(problem({ records: { parts: { path: "p", columns: { name: "n" } } } })).toContain("need an id");
  expect(problem({ records: { parts: { path: "p", columns: { id: "n", nam: "n" } } } })).toContain(
    'Did you mean "name"',
  );
  expect(problem({ records: { parts: { path: "http://other/", columns } } })).toContain("path below the url");
});
