import { join } from "node:path";
import { defineConfig } from "vitest/config";

// A collector in a process of its own at an OPC UA server in another; both are ended in the middle.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/services/collectors/opcua.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
