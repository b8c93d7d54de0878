import { describe, expect, it } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { alarmEntriesOf } from "../../src/knowledge/structure/alarm-entries.ts";
import { chunkDocument } from "../../src/knowledge/structure/chunk-document.ts";
import { safetySpansOf } from "../../src/knowledge/structure/safety-text.ts";

const long = 200_000;

describe("a text made to be slow", () => {
  it.each([
    ["dots", ".".repeat(long)],
    ["dots and blanks", ". ".repeat(long)],
    ["blanks", `Alarm${" ".repeat(long)}x`],
    ["stars", "*".repeat(long)],
    ["brackets", "(".repeat(long)],
    ["digits", "1".repeat(long)],
    ["codes", "E-01, ".repeat(long / 5)],
    ["labels", "Cause: ".repeat(long / 5)],
    ["colons", "원인:".repeat(long / 5)],
    ["x's", `E${"x".repeat(long)}`],
    ["quotes", "> ".repeat(long / 2)],
    ["numbered lines", "1. a\n".repeat(long / 10)],
  ])("of %s is taken apart in seconds", async (_what, text) => {
    const document = await loadDocument("alarms.txt", new TextEncoder().encode(`Alarm list\n\n${text}\n\nE-01: end\n`));
    const started = performance.now();
    const chunks = chunkDocument(document);
    alarmEntriesOf(document);
    safetySpansOf(document, chunks);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(chunks.length).toBeGreaterThan(0);
  });

  it.each([["(".repeat(long)], [`${"E".repeat(50)} `.repeat(long / 50)], ["9-".repeat(long / 2)]])(
    "in a table's cells and titles is taken apart in seconds",
    async (cell) => {
      const document = await loadDocument(
        "alarms.csv",
        new TextEncoder().encode(`Alarm code,"${cell}",Cause\nE-01,"${cell}",x\n"${cell}",a,"${cell}"\n`),
      );
      const started = performance.now();
      alarmEntriesOf(document);
      chunkDocument(document);
      expect(performance.now() - started).toBeLessThan(4_000);
    },
  );
});
