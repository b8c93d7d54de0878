import { expect, it } from "vitest";
import type { Cli } from "../../src/cli/cli.ts";
import { followIngestion } from "../../src/cli/follow-ingestion.ts";
import type { Door } from "../../src/cli/open-door.ts";

const terminal = { say: () => {}, progress: () => {}, endProgress: () => {} };
const cli = { terminal, signal: new AbortController().signal } as unknown as Cli;

const progress = (state: string) =>
  `event: progress\ndata: ${JSON.stringify({ id: "j", state, files: [], counts: {}, filesDone: 0, filesTotal: 1 })}\n\n`;

/** Sends its text and then breaks off, as a connection does. */
const broken = (text: string) =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new TypeError("terminated"));
    },
  });

it("takes up the events of a job again when the connection breaks", async () => {
  const asked: string[] = [];
  const door: Door = {
    url: "http://localhost",
    async fetch(path) {
      asked.push(path);
      if (!path.endsWith("/events")) return Response.json({ id: "j", state: "done" });
      return new Response(asked.length === 1 ? broken(progress("working")) : progress("done"));
    },
    close: async () => {},
  };
  expect(await followIngestion(cli, door, "j")).toMatchObject({ state: "done" });
  expect(asked).toEqual(["/api/ingestions/j/events", "/api/ingestions/j/events", "/api/ingestions/j"]);
});
