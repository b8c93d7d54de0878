import { afterAll, beforeAll, expect, it } from "vitest";
import { isOwnName } from "../../src/http/middleware/check-host.ts";
import { openDoors, type Doors } from "./open-doors.ts";

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ plant: false });
}, 60_000);
afterAll(async () => await doors.close());

it("tells every error as a problem document with its fix", async () => {
  const response = await doors.post("/api/ask", { question: "  " });
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({
    type: "urn:sunbae:problem:invalid_input",
    status: 400,
    code: "invalid_input",
    instance: "/api/ask",
    fix: "Write what you see at the machine.",
    requestId: expect.any(String),
  });
});

it.each([
  ["a field that is missing", "/api/ask", {}, 400],
  ["a NUL character", "/api/ask", { question: "a\u0000b" }, 400],
  ["a conversation that is not there", "/api/ask", { question: "hi", conversationId: "none" }, 404],
  ["a question longer than a page", "/api/ask", { question: "x".repeat(5_000) }, 413],
  ["a verdict that is none", "/api/feedback", { runId: "x", verdict: "so-so" }, 400],
  ["a route that is not there", "/api/nothing", {}, 404],
])("refuses %s", async (_what, path, body, status) => {
  expect((await doors.post(path, body)).status).toBe(status);
});

it("refuses a body that is no JSON, and one that is too large", async () => {
  const headers = { "content-type": "application/json" };
  expect((await doors.call("/api/ask", { method: "POST", headers, body: "{" })).status).toBe(400);
  const large = { question: "x".repeat(1_100_000) };
  expect((await doors.post("/api/ask", large)).status).toBe(413);
});

it("refuses a name that is not its own: DNS rebinding", async () => {
  expect((await doors.call("/api/status", { headers: { host: "evil.example:8080" } })).status).toBe(403);
  expect((await doors.call("/api/status", { headers: { host: "127.0.0.1:8080" } })).status).toBe(200);
  const local = { allowedHosts: [], loopbackOnly: true };
  expect(isOwnName("[::1]:8080", local)).toBe(true);
  expect(isOwnName("192.168.0.7:8080", local)).toBe(false);
  const open = { allowedHosts: ["box.local"], loopbackOnly: false };
  expect(["192.168.0.7:8080", "box.local", "BOX.local:80"].map((host) => isOwnName(host, open))).toEqual([
    true,
    true,
    true,
  ]);
  expect(isOwnName("evil.example", open)).toBe(false);
});

it("refuses changes that another site's page sends", async () => {
  const question = { question: "hello" };
  const status = async (headers: Record<string, string>) => (await doors.post("/api/ask", question, headers)).status;
  expect(await status({ origin: "https://evil.example" })).toBe(403);
  expect(await status({ "sec-fetch-site": "cross-site", origin: "null" })).toBe(403);
  expect(await status({ origin: "http://localhost:8080", "sec-fetch-site": "same-origin" })).toBe(200);
});

it("keeps what is the owner's from everybody else", async () => {
  const paths = { paths: ["/etc/hostname"] };
  expect((await doors.post("/api/owner/ingest", paths)).status).toBe(403);
  expect((await doors.post("/api/owner/ingest", paths, { "x-sunbae-owner": "guess" })).status).toBe(403);
});

it("sends a page nothing that runs inline or comes from elsewhere", async () => {
  const response = await doors.call("/");
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});

it("describes itself in OpenAPI 3.1", async () => {
  const document = (await (await doors.call("/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: object }>>;
    components: { schemas: object };
  };
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(["/api/ask", "/api/runs/{id}/events", "/api/documents", "/api/proposals/{id}/approve"]),
  );
  expect(document.paths["/api/ask"]?.["post"]?.responses).toHaveProperty("default");
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(["Answer", "Evidence", "Problem"]));
});

it("says that it lives and is ready, and measures itself", async () => {
  expect((await doors.call("/livez")).status).toBe(200);
  expect(await (await doors.call("/readyz")).json()).toEqual({ ready: true, step: "ready", failed: null });
  await doors.call("/api/runs/some-id");
  const metrics = await (await doors.call("/metrics")).text();
  expect(metrics).toContain('route="/api/runs/:id",status="404"');
  expect(metrics).toContain("sunbae_database_connections");
});
