import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Scanned pages with the machine's tesseract. A page takes it seconds.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["tests/ocr/**/*.test.ts"],
    maxWorkers: 1,
    testTimeout: 120_000,
  },
});
