import { join } from "node:path";
import { defineConfig } from "vitest/config";

// The test of the quick suite with more kills than it has time for.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/knowledge/ingestion/kill.test.ts"],
    testTimeout: 900_000,
  },
});
