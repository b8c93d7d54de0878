import { join } from "node:path";
import { defineConfig } from "vitest/config";

// What runs against real services: their own tests, and the suites that hold on every database engine.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: [
      "tests/services/**/*.test.ts",
      "tests/browser/**/*.test.ts",
      "tests/db/migrate.test.ts",
      "tests/audit/**/*.test.ts",
      "tests/contracts/**/*.test.ts",
    ],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
