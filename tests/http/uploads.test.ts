import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Role } from "../../src/core/context.ts";
import type { HttpApp, HttpEnv, HttpOptions } from "../../src/http/http-env.ts";
import { receiveForm } from "../../src/http/receive-form.ts";
import { addUploadRoute } from "../../src/http/routes/uploads.ts";
import { safeFileName } from "../../src/http/upload-name.ts";
import type { IngestJobWithFiles } from "../../src/knowledge/ingest/ingest-job.ts";
import { openDoors, type Doors } from "./open-doors.ts";

const boundary = "----sunbae";
const part = (name: string, fileName: string | null) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === null ? "" : `; filename="${fileName}"`}\r\n\r\n`;

/** A form as a stream without a length, with one file of so many bytes. */
function endlessForm(bytes: number): Request {
  let left = bytes;
  const piece = new Uint8Array(65_536).fill(97);
  const body = new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(Buffer.from(part("file", "long.txt"))),
    pull(out) {
      if (left > 0) out.enqueue(piece.subarray(0, Math.min(left, piece.length)));
      else {
        out.enqueue(Buffer.from(`\r\n--${boundary}--\r\n`));
        out.close();
      }
      left -= piece.length;
    },
  });
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return new Request("http://localhost/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
}

const keep = async (name: string, bytes: AsyncIterable<Uint8Array>) => {
  let length = 0;
  for await (const piece of bytes) length += piece.length;
  return { name, length };
};

describe("a form with files", () => {
  it("is read as it comes, without being held in memory", async () => {
    const before = process.memoryUsage().rss;
    const { files } = await receiveForm(endlessForm(300_000_000), { mostBytes: 2 ** 30, mostFiles: 5, keep });
    expect(files).toEqual([{ name: "long.txt", length: 300_000_000 }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  }, 60_000);

  it("is refused when it grows beyond the limit, whatever it said of its length", async () => {
    const options = { mostBytes: 1_000_000, mostFiles: 5, keep };
    await expect(receiveForm(endlessForm(3_000_000), options)).rejects.toMatchObject({ code: "too_large" });
  });

  it("may call its fields what every object has", async () => {
    const body = `${["title", "constructor", "__proto__", "title"].map((name) => `${part(name, null)}x\r\n`).join("")}--${boundary}--\r\n`;
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const request = new Request("http://x/", { method: "POST", headers, body });
    const { fields } = await receiveForm(request, { mostBytes: 1_000_000, mostFiles: 5, keep });
    expect(Object.entries(fields)).toContainEqual(["constructor", ["x"]]);
    expect(fields["title"]).toEqual(["x", "x"]);
  });

  it("is refused where it breaks off, and where it is none", async () => {
    const options = { mostBytes: 1_000_000, mostFiles: 5, keep };
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const half = new Request("http://x/", { method: "POST", headers, body: `${part("file", "a.txt")}half` });
    await expect(receiveForm(half, options)).rejects.toMatchObject({ code: "invalid_input" });
    const json = new Request("http://x/", { method: "POST", body: "{}" });
    await expect(receiveForm(json, options)).rejects.toThrow("no form with files");
  });
});

it("takes the last part of a sent name, and leaves its ending", () => {
  expect(safeFileName("..\\..\\etc\\프레스 설명서.pdf")).toBe("프레스 설명서.pdf");
  expect(safeFileName("/.hidden.md")).toBe("hidden.md");
  expect(safeFileName(`${"x".repeat(400)}.docx`)).toMatch(/^x{155}\.docx$/);
  expect(safeFileName("a\u0000b\u202e.txt")).toBe("a_b_.txt");
});

describe("documents by HTTP", () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ plant: false });
  }, 60_000);
  afterAll(async () => await doors.close());

  const send = async (files: Record<string, string>, fields: Record<string, string> = {}, query = "") => {
    const form = new FormData();
    for (const [name, text] of Object.entries(files)) form.append("file", new File([text], name));
    for (const [name, text] of Object.entries(fields)) form.append(name, text);
    return await doors.call(`/api/documents${query}`, { method: "POST", body: form });
  };

  it("come several at once, each with its verdict, and with what the sender says of them", async () => {
    const files = { "프레스.md": "# 프레스\n\n기름은 매년 간다.", "tool.exe": "MZ", "empty.txt": "" };
    const response = await send(files, { models: "VF-2, VF-3", revision: "C", kind: "manual", approved: "true" });
    expect(response.status).toBe(201);
    const job = (await response.json()) as IngestJobWithFiles;
    expect(job.files.map(({ path, verdict }) => [path, verdict])).toEqual([
      ["프레스.md", "added"],
      ["tool.exe", "skipped"],
      ["empty.txt", "skipped"],
    ]);
    const document = await (await doors.call(`/api/documents/${job.files[0]!.documentId}`)).json();
    expect(document).toMatchObject({ models: ["VF-2", "VF-3"], revision: "C", kind: "manual", approved: true });
    expect(await (await doors.call("/api/ingestions")).json()).toMatchObject({
      ingestions: expect.arrayContaining([expect.objectContaining({ id: job.id, kind: "upload" })]),
    });
  });

  it("are refused with the field that is wrong", async () => {
    const response = await send({ "a.md": "# A" }, { date: "yesterday" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: "date" }] });
  });

  it("are not kept where they are refused, whether the wrong field comes before or after the file", async () => {
    const { database } = await doors.sunbae.ready;
    const storedFiles = async () =>
      (await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM stored_files")).rows[0]!.n;
    const before = await storedFiles();
    const inserted = vi.spyOn(database.pool, "query");
    const file = new File(["# Refused"], "refused.md");
    const first = new FormData();
    first.append("date", "yesterday");
    first.append("file", file);
    expect((await doors.call("/api/documents", { method: "POST", body: first })).status).toBe(400);
    expect(inserted.mock.calls.filter(([text]) => String(text).includes("INTO stored_files"))).toEqual([]);
    inserted.mockRestore();
    const last = new FormData();
    last.append("file", file);
    last.append("date", "yesterday");
    expect((await doors.call("/api/documents", { method: "POST", body: last })).status).toBe(400);
    expect(await storedFiles()).toBe(before);
  });

  it("are not received from who may not add them", async () => {
    const { app, refused } = await doorsOf("viewer");
    let read = 0;
    const body = new ReadableStream({ pull: () => void (read += 1) }, { highWaterMark: 0 });
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    await app.request("/api/documents", { method: "POST", headers, body, duplex: "half" } as RequestInit);
    expect(refused()).toMatchObject({ code: "forbidden" });
    expect(read).toBe(0);
  });

  it("are approved by supervisors only, which is asked before a file is stored", async () => {
    const { app, refused } = await doorsOf("technician");
    const { database } = await doors.sunbae.ready;
    const query = vi.spyOn(database.pool, "query");
    const form = new FormData();
    form.append("approved", "true");
    form.append("file", new File(["# Mine"], "mine.md"));
    await app.request("/api/documents", { method: "POST", body: form });
    expect(refused()).toMatchObject({ code: "forbidden" });
    expect(query.mock.calls.filter(([text]) => String(text).includes("INTO stored_files"))).toEqual([]);
    query.mockRestore();
  });

  /** The upload route alone, for somebody of a role. */
  async function doorsOf(role: Role) {
    const backend = await doors.sunbae.ready;
    const app: HttpApp = new OpenAPIHono<HttpEnv>();
    let thrown: Error | null = null;
    app.onError((error, c) => c.body(String((thrown = error)), 500));
    const actor = { id: "P-77", name: "P", roles: [role], door: "http" };
    app.use(async (c, next) => {
      c.set("ctx", () => ({ actor, timeZone: "UTC", now: () => new Date() }));
      await next();
    });
    addUploadRoute(app, { backend: () => backend } as unknown as HttpOptions);
    return { app, refused: () => thrown };
  }

  it("are refused at once where they say that they are too large", async () => {
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": "600000000" };
    const response = await doors.call("/api/documents", { method: "POST", headers, body: part("file", "a.txt") });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ detail: "The upload is larger than 500 MB." });
  });

  it("tell how far they are as events, to the end", async () => {
    const { id } = (await (await send({ "b.md": "# B\n\nGrease it." }, {}, "?wait=0")).json()) as IngestJobWithFiles;
    const text = await (await doors.call(`/api/ingestions/${id}/events`)).text();
    const events = text.split("\n").filter((line) => line.startsWith("data: "));
    const last = JSON.parse(events.at(-1)!.slice(6)) as IngestJobWithFiles;
    expect(last).toMatchObject({ state: "done", filesDone: 1, counts: { added: 1 } });
    expect((await doors.post(`/api/ingestions/${id}/cancel`)).status).toBe(409);
    expect((await doors.call("/api/ingestions/none")).status).toBe(404);
  });

  it("are described in the OpenAPI document", async () => {
    const { paths } = (await (await doors.call("/openapi.json")).json()) as { paths: Record<string, object> };
    expect(paths["/api/documents"]).toHaveProperty("post.requestBody.content.multipart/form-data");
    expect(paths["/api/ingestions/{id}/events"]).toHaveProperty("get.responses.200");
  });
});
