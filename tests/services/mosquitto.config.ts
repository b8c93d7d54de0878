import { join } from "node:path";
import { defineConfig } from "vitest/config";

// A collector in a process of its own at a real Mosquitto; both are ended in the middle.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/services/collectors/{mosquitto,sparkplug}*.test.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
