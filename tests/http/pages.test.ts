import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoors, type Doors } from "./open-doors.ts";

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(async () => await doors.close());

const get = async (path: string) => await (await doors.call(path)).json();

async function someManual(): Promise<string> {
  const { documents } = (await get("/api/documents?kind=manual")) as { documents: { id: string }[] };
  return documents[0]!.id;
}

it("shows a document without pages as its one page, with the places of its passages", async () => {
  const id = await someManual();
  const whole = (await get(`/api/documents/${id}`)) as { text: string; anchors: object[] };
  const page = (await get(`/api/documents/${id}/pages/1`)) as { text: string };
  expect(page).toMatchObject({ number: 1, pages: 1, start: 0, origin: "text", size: null, picture: null });
  expect(page).toMatchObject({ document: { id, title: "VM-9 manual" }, anchors: whole.anchors });
  expect(page.text).toBe(whole.text);
});

it("says how many pages there are where one is asked for that is not", async () => {
  const response = await doors.call(`/api/documents/${await someManual()}/pages/7`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ detail: 'There is no page 7 in "VM-9 manual": it has 1 page.' });
  expect((await doors.call("/api/documents/none/pages/1")).status).toBe(404);
  expect((await doors.call(`/api/documents/${await someManual()}/pages/first`)).status).toBe(400);
});
