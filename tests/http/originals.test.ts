import Pdf from "pdfkit";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { deleteDocument } from "../../src/knowledge/delete-document.ts";
import { attachment } from "../../src/http/routes/originals.ts";
import { picturePage } from "../../src/knowledge/picture-page.ts";
import { readOriginal } from "../../src/knowledge/read-original.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { openDoors, type Doors } from "./open-doors.ts";

let doors: Doors;
let pdf: Buffer;
let id: string;
beforeAll(async () => {
  doors = await openDoors({ plant: false });
  pdf = await twoPages();
  const form = new FormData();
  form.append("file", new File([new Uint8Array(pdf)], "설명서 <1>.pdf"));
  form.append("file", new File(["# Note\n\nOil the chain."], "note.md"));
  const response = await doors.call("/api/documents?wait=10", { method: "POST", body: form });
  const { files } = (await response.json()) as { files: { documentId: string }[] };
  id = files[0]!.documentId;
}, 90_000);
afterAll(async () => await doors.close());

const image = (path: string, headers: Record<string, string> = {}) => doors.call(`/api/documents/${path}`, { headers });

it("draws a page as wide as asked, up to the next hundred pixels, and lets it be kept while the content is the same", async () => {
  const page = (await (await image(`${id}/pages/2`)).json()) as { picture: string; pages: number; lines: object[] };
  expect(page).toMatchObject({ pages: 2, number: 2, origin: "text" });
  expect(page.lines.length).toBeGreaterThan(0);
  const drawn = await image(`${id}/pages/2/image?width=430&version=${page.picture}`);
  expect(drawn.headers.get("content-type")).toBe("image/png");
  expect(drawn.headers.get("cache-control")).toContain("immutable");
  expect(decode(new Uint8Array(await drawn.arrayBuffer())).width).toBe(500);
  const { pictures } = await doors.sunbae.ready;
  const draw = vi.spyOn(pictures, "draw");
  const again = await image(`${id}/pages/2/image?width=430`, { "if-none-match": drawn.headers.get("etag")! });
  expect(again.status).toBe(304);
  expect(draw).not.toHaveBeenCalled();
  expect(again.headers.get("cache-control")).toBe("private, no-cache");
}, 60_000);

it("says why there is no picture", async () => {
  const { documents } = (await (await doors.call("/api/documents")).json()) as {
    documents: { id: string; path: string }[];
  };
  const note = documents.find(({ path }) => path.endsWith("note.md"))!.id;
  const missing = await image(`${note}/pages/1/image`);
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({
    detail: 'There is no picture of page 1 of "Note": pages of this kind of file are not drawn.',
  });
  expect(await (await image(`${id}/pages/3/image`)).json()).toMatchObject({
    detail: expect.stringMatching(/it has 2 pages\.$/),
  });
  expect((await image(`${id}/pages/1/image?width=90000`)).status).toBe(400);
});

it("gives the file as it came, to be saved and never to be shown", async () => {
  const saved = await image(`${id}/original`);
  expect(Buffer.from(await saved.arrayBuffer()).equals(pdf)).toBe(true);
  expect(saved.headers.get("content-type")).toBe("application/octet-stream");
  expect(saved.headers.get("content-disposition")).toMatch(/^attachment; /);
  expect(saved.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
  expect(saved.headers.get("x-content-type-options")).toBe("nosniff");
});

it("names a file safely, whatever it is called", () => {
  const header = attachment('설명서 "a";\r\nx: y (1)\uD800.pdf');
  expect(header).not.toMatch(/[\r\n]/);
  expect(header.match(/"/g)).toHaveLength(2);
  expect(header).toContain("filename*=UTF-8''%EC%84%A4");
});

it("shows neither page nor picture nor file to whom the document is not meant for, and lets them not delete it", async () => {
  const { knowledge, pictures } = await doors.sunbae.ready;
  await knowledge.database.pool.query(`UPDATE documents SET audience = '{quality}' WHERE id = $1`, [id]);
  const actor = { id: "t", name: "T", door: "http" };
  const ctxOf = (role: "technician" | "quality" | "expert") => ({
    actor: { ...actor, roles: [role] },
    timeZone: "UTC",
    now: () => new Date(),
  });
  const place = { documentId: id, number: 1 };
  const stranger = ctxOf("technician");
  await expect(readPage(stranger, knowledge, place)).rejects.toMatchObject({ code: "not_found" });
  await expect(readOriginal(stranger, knowledge, place)).rejects.toMatchObject({ code: "not_found" });
  const asked = { ...place, widthPixels: 300 };
  await expect(picturePage(stranger, { knowledge, pictures }, asked)).rejects.toMatchObject({ code: "not_found" });
  expect(await deleteDocument(ctxOf("expert"), knowledge, place)).toBe(false);
  expect((await readPage(ctxOf("quality"), knowledge, place)).number).toBe(1);
});

async function twoPages(): Promise<Buffer> {
  const made = new Pdf({ size: "A5" });
  const parts: Buffer[] = [];
  made.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => made.on("end", resolve));
  made.text("Page one of the press manual").addPage().text("Page two: the oil pump hums").end();
  await ended;
  return Buffer.concat(parts);
}
