import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoors, type Doors } from "./open-doors.ts";

const token = "0123456789abcdef0123";
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ plant: false, environment: { SUNBAE_API_TOKEN: token } });
}, 60_000);
afterAll(async () => await doors.close());

it("lets in only who brings the token", async () => {
  const refused = await doors.call("/api/status");
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toBe("Bearer");
  expect((await doors.call("/api/status", { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
  expect((await doors.call("/api/status", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  expect((await doors.call("/metrics")).status).toBe(401);
  expect((await doors.call("/livez")).status).toBe(200);
});

it("lets the owner in without it", async () => {
  const headers = { "x-sunbae-owner": doors.sunbae.ownerToken };
  expect((await doors.call("/api/status", { headers })).status).toBe(200);
});

it("gives a browser a cookie for the token in its address, and takes the token out of the address", async () => {
  const response = await doors.call(`/?token=${token}`);
  expect([response.status, response.headers.get("location")]).toEqual([302, "/"]);
  const cookie = response.headers.get("set-cookie") ?? "";
  expect(cookie).toContain("HttpOnly");
  expect((await doors.call("/api/status", { headers: { cookie: cookie.split(";")[0]! } })).status).toBe(200);
  expect((await doors.call("/?token=wrong")).headers.get("set-cookie")).toBeNull();
});
