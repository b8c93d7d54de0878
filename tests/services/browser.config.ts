import { join } from "node:path";
import { defineConfig } from "vitest/config";

// The page in a real browser. One at a time: a browser takes a core of its own.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/browser/**/*.test.ts"],
    maxWorkers: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
