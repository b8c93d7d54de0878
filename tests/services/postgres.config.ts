import { join } from "node:path";
import { defineConfig } from "vitest/config";

// What runs against a real Postgres: its own tests, and the suites that hold on every database engine.

/** Core and plant: their migrations need no extension. */
const plain = [
  "tests/services/postgres.test.ts",
  "tests/services/many-writers.test.ts",
  "tests/services/postgres-sensors.test.ts",
  "tests/services/postgres-sensors-outage.test.ts",
  "tests/services/mes/postgres-*.test.ts",
  "tests/audit/**/*.test.ts",
  "tests/plant/*.test.ts",
  "tests/plant/{sensors,collectors}/*.test.ts",
  "tests/plant-import/real-database.test.ts",
  "tests/runtime/proposals/**/*.test.ts",
  "tests/simulator/write-sample-plant.test.ts",
];
const withVectors = [
  "tests/services/{replicas,vectors}.test.ts",
  "tests/db/migrate.test.ts",
  "tests/knowledge/**/*.test.ts",
  "tests/tools/knowledge.test.ts",
  "tests/runtime/runtime.test.ts",
  "tests/runtime/run-log/**/*.test.ts",
  "tests/runtime/understand/**/*.test.ts",
];

export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: process.env["SUNBAE_TEST_PGVECTOR"] === "off" ? plain : [...plain, ...withVectors],
    // No database in them.
    exclude: [
      "tests/knowledge/ingestion/kill.test.ts",
      "tests/knowledge/{codes,index,load,pdf,pdf-words,scans,letter-sets,page-of-passage,page-pictures}.test.ts",
      "tests/knowledge/{code-lists,structure*,hostile-text,embedders*}.test.ts",
      "tests/knowledge/formats/{pptx,encodings,docx,asciidoc-includes,html,xlsx}.test.ts",
    ],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
