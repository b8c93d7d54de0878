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

it("keeps what a person says of a document, and says which field is wrong", async () => {
  const patch = async (body: object) =>
    await doors.call(`/api/documents/${await someManual()}`, {
      method: "PATCH",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const changed = await patch({ title: "VM-9 handbook", revision: "D", date: "2026-03-01", equipmentIds: ["MILL-01"] });
  expect(changed.status).toBe(200);
  const expected = { title: "VM-9 handbook", revision: "D", date: "2026-03-01", equipmentIds: ["MILL-01"] };
  expect(await changed.json()).toMatchObject(expected);
  expect(await get(`/api/documents/${await someManual()}`)).toMatchObject(expected);
  const wrong = await patch({ date: "last year" });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({ errors: [{ path: "date" }] });
  expect((await patch({ owner: "me" })).status).toBe(400);
});
