import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEgressGate, type EgressRecord, parseEgress } from "../../src/llm/egress.ts";

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) server.close();
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** No request of these tests leaves the machine: the outside answers from here. */
function pretendOutside(answer: (url: URL) => Response = () => new Response("ok")) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    asked.push(url.href);
    return answer(url);
  });
  return asked;
}

function gate(allow: string) {
  const records: EgressRecord[] = [];
  return {
    records,
    fetch: createEgressGate({ allow: parseEgress(allow), record: (record) => records.push(record) }).fetch("model"),
  };
}

it("lets loopback pass and records nothing of it", async () => {
  const url = await listen((_request, response) => response.end("inside"));
  const { fetch, records } = gate("none");
  expect(await (await fetch(`${url}/api`)).text()).toBe("inside");
  expect(records).toEqual([]);
});

it("blocks everything else by default, says how to allow it, and records it", async () => {
  const asked = pretendOutside();
  const { fetch, records } = gate("none");
  await expect(fetch("https://api.openai.com/v1/models")).rejects.toMatchObject({
    code: "unavailable",
    fix: expect.stringContaining("SUNBAE_EGRESS=api.openai.com"),
  });
  expect(asked).toEqual([]);
  expect(records).toMatchObject([
    { host: "api.openai.com", purpose: "model", method: "GET", allowed: false, reason: "not-on-list" },
  ]);
});

it("lets a listed host pass and records it", async () => {
  const asked = pretendOutside();
  const { fetch, records } = gate("api.openai.com");
  expect((await fetch("https://api.openai.com/v1/models", { method: "POST" })).status).toBe(200);
  expect(asked).toEqual(["https://api.openai.com/v1/models"]);
  expect(records).toMatchObject([{ host: "api.openai.com", method: "POST", allowed: true, reason: "allowed" }]);
});

describe("the allow-list", () => {
  it.each([
    ["*.slack.com", "https://wss.slack.com", true],
    ["*.slack.com", "https://slack.com", false],
    ["*.slack.com", "https://evilslack.com", false],
    ["*.slack.com", "https://slack.com.evil.net", false],
    ["api.openai.com", "https://API.OpenAI.com/x", true],
    ["api.openai.com", "https://api.openai.com@evil.net/", false],
    ["https://api.openai.com/v1", "https://api.openai.com/v2", true],
    ["10.0.0.5:11434", "http://10.0.0.5:11434/api/tags", true],
    ["10.0.0.5:11434", "http://10.0.0.5/api/tags", false],
    ["api.x.com:443", "https://api.x.com/", true],
    ["none", "http://10.0.0.5:11434", false],
    ["none", "http://169.254.169.254/latest/meta-data", false],
    ["none", "http://0x7f.1:80/", true],
    ["none", "http://[::1]:11434/", true],
    ["none", "http://127.0.0.1.evil.net/", false],
    ["none", "http://localhost.evil.net/", false],
  ])("%s: %s → %s", (allow, url, allowed) => {
    expect(createEgressGate({ allow: parseEgress(allow) }).allows(url)).toBe(allowed);
  });

  it.each(["*", "*.com", "api.*.com", "user@host.com"])("refuses the entry %s with the fix", (entry) => {
    expect(() => parseEgress(entry)).toThrow(
      expect.objectContaining({ code: "invalid_input", fix: expect.stringContaining("SUNBAE_EGRESS=") }),
    );
  });
});

it("refuses a redirect to another host, even to an allowed one", async () => {
  const asked = pretendOutside((url) =>
    url.hostname === "a.example.com"
      ? new Response(null, { status: 302, headers: { location: "https://b.example.com/steal" } })
      : new Response("no"),
  );
  const { fetch, records } = gate("*.example.com");
  await expect(fetch("https://a.example.com/")).rejects.toMatchObject({ code: "unavailable" });
  expect(asked).toEqual(["https://a.example.com/"]);
  expect(records.at(-1)).toMatchObject({ host: "b.example.com", allowed: false, reason: "redirect-refused" });
});

it("refuses a redirect from loopback to the outside", async () => {
  const url = await listen((_request, response) =>
    response.writeHead(307, { location: "https://api.openai.com/v1" }).end(),
  );
  const { fetch, records } = gate("none");
  await expect(fetch(url, { method: "POST", body: "secret" })).rejects.toMatchObject({ code: "unavailable" });
  expect(records).toMatchObject([{ host: "api.openai.com", allowed: false }]);
});

it("follows a redirect on the same host, with its body where the status says so", async () => {
  const url = await listen((request, response) => {
    if (request.url === "/old") return void response.writeHead(308, { location: "/new" }).end();
    request.pipe(response);
  });
  const { fetch } = gate("none");
  expect(await (await fetch(`${url}/old`, { method: "POST", body: "kept" })).text()).toBe("kept");
  expect(await (await fetch(new Request(`${url}/old`, { method: "POST", body: "kept too" }))).text()).toBe("kept too");
});

it("gives up on a circle of redirects", async () => {
  const url = await listen((_request, response) => response.writeHead(302, { location: "/" }).end());
  await expect(gate("none").fetch(url)).rejects.toMatchObject({ message: expect.stringContaining("circle") });
});
