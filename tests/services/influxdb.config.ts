import { join } from "node:path";
import { defineConfig } from "vitest/config";

// What runs against a real InfluxDB, which each file starts for itself.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/services/influxdb*.test.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
