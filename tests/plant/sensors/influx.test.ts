import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assertQuery, fromQl, quoteName, quoteText } from "../../../src/plant/sensors/influx/influx-ql.ts";
import { influxSensorSettings } from "../../../src/plant/sensors/influx/influx-settings.ts";
import { openInfluxSensors } from "../../../src/plant/sensors/influx/open-influx-sensors.ts";
import { createLogger } from "../../../src/observability/logger.ts";

describe("InfluxQL", () => {
  test("names and texts are quoted so that no sign of theirs ends them", () => {
    expect(quoteName('a"b\\c')).toBe('"a\\"b\\\\c"');
    expect(quoteText("it's \\ \n")).toBe("'it\\'s \\\\ \\n'");
  });

  test("only one SELECT or SHOW is asked, whatever stands in its names", () => {
    for (const text of [
      "DROP MEASUREMENT a",
      "SELECT 1 FROM a; DROP MEASUREMENT a",
      'SELECT a INTO "b" FROM c',
      "SELECT a into b FROM c",
      "SELECT 'a",
      ' SELECT "a" FROM b',
    ])
      expect(() => assertQuery(text), text).toThrow("one SELECT or SHOW");
    for (const odd of ['"; DROP MEASUREMENT a; --', "x' INTO y", "\\", '\\"; INTO', "/; INTO/"]) {
      const series = { policy: odd, measurement: odd, field: odd, where: { [odd]: odd }, scale: 1, offset: 0 };
      const quality = { field: odd, good: [odd], uncertain: [] };
      const text = `SELECT ${quoteName(odd)} ${fromQl({ ...series, quality }, { from: 0, to: 1 }, "usable")}`;
      expect(() => assertQuery(text), text).not.toThrow();
    }
  });

  test("settings say what is missing, and take a login or a token", () => {
    const good = { name: "h", kind: "influxdb", url: "http://h:8086", database: "d" };
    const tags = [{ id: "a", equipment: "M", measurement: "m" }];
    const problems = (more: object) =>
      (influxSensorSettings.safeParse({ ...good, ...more }).error?.issues ?? []).map(
        (issue) => `${issue.path.join(".")} ${issue.message}`,
      );
    expect(problems({ tags })).toEqual([]);
    expect(problems({})).toEqual(["tags is empty: list tags, or name measurements under series"]);
    expect(problems({ tags, url: "h:8086" }).join()).toContain("http://10.0.0.5:8086");
    expect(problems({ tags, user: "a", token: "b" }).join()).toContain("one of them");
    expect(problems({ tags: [...tags, ...tags] })).toEqual(['tags.1.id "a" is there twice']);
    expect(problems({ series: [{ measurement: "m", equipment: "k", id: "fixed" }] }).join()).toContain("{equipment}");
  });
});

describe("an InfluxDB that is not as it should be", () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: IncomingMessage[];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  beforeEach(async () => {
    seen = [];
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  function open(more: object = {}, mayReach: (host: string) => void = () => {}) {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/influx`;
    const tags = [{ id: "a", equipment: "M", measurement: "m" }];
    const settings = influxSensorSettings.parse({ name: "h", kind: "influxdb", url, database: "d", tags, ...more });
    return openInfluxSensors(settings, {
      logger: createLogger({ level: "silent" }),
      now: () => new Date(0),
      timeZone: "UTC",
      mayReach,
    });
  }
  const reply = (body: unknown, status = 200) => {
    answer = (_, response) =>
      void response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  };
  const window = { tagId: "a", from: new Date(0), to: new Date(1_000), maxPoints: 10 };
  const rows = (values: unknown[][]) => ({
    results: [{ series: [{ name: "m", columns: ["time", "min", "max", "mean", "count"], values }] }],
  });

  test("what is no number never comes out", async () => {
    reply(
      rows([
        [0, null, 1, 1, 1],
        [100, "NaN", "NaN", "NaN", 1],
        [200, 1, 2, 1.5, 2],
        [300, 1, 2, 1.5, 0],
      ]),
    );
    expect(await open().store.window(window)).toEqual([{ at: new Date(200), min: 1, max: 2, mean: 1.5, count: 2 }]);
  });

  test.each([
    ["an error of the query", { results: [{ error: "field type conflict" }] }, 200, "field type conflict"],
    ["an error of the server", { error: "engine is closed" }, 503, "engine is closed"],
    ["a page of something else", "<html>login</html>", 200, "status 200"],
    ["half an answer", '{"results":[{"ser', 200, "status 200"],
    ["a refused login", { error: "authorization failed" }, 401, "refused the login"],
    ["a redirect elsewhere", "", 302, "can't be reached"],
  ])("%s is told as unavailable", async (_name, body, status, said) => {
    reply(body, status);
    if (status === 302)
      answer = (_, response) => void response.writeHead(302, { location: "http://127.0.0.1:9/" }).end();
    await expect(open().store.window(window)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(said),
    });
    expect(await open().probe()).toMatchObject({ ok: false });
  });

  test("an answer that never comes, or never ends, is given up", async () => {
    answer = () => {};
    await expect(open({ timeout_ms: 100 }).store.window(window)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("100 ms"),
    });
    answer = (_, response) => void response.write("{");
    await expect(open({ timeout_ms: 100 }).store.window(window)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("100 ms"),
    });
    answer = (_, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(1 << 20, 32)));
        response.once("drain", pour);
      };
      pour();
    };
    await expect(open({ timeout_ms: 20_000 }).store.window(window)).rejects.toMatchObject({ code: "too_large" });
  });

  test("is only read: every request is a GET, with the login in its header", async () => {
    reply(rows([]));
    const source = open({ user: "u", password: "p:w" });
    await source.store.window(window);
    await source.store.latest(["a"]);
    await source.store.summarize({ tagIds: ["a"], from: new Date(0), to: new Date(1) });
    await source.store.coverage(["a"]);
    await source.probe();
    await open({ token: "t" }).store.latest(["a"]);
    expect(seen.length).toBeGreaterThan(6);
    for (const { method, url } of seen) {
      expect(method).toBe("GET");
      expect(url).toMatch(/^\/influx\/(query\?db=d&epoch=ms&q=(SELECT|SHOW)\+|ping)/);
      expect(url).not.toContain("p%3Aw");
    }
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from("u:p:w").toString("base64")}`);
    expect(seen.at(-1)?.headers.authorization).toBe("Token t");
  });

  test("a host that may not be reached is not asked", async () => {
    const refuse = (host: string) => {
      throw new Error(`no ${host}`);
    };
    await expect(open({}, refuse).store.latest(["a"])).rejects.toThrow("no 127.0.0.1");
    expect(seen).toEqual([]);
  });
});
