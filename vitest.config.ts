import { defineConfig } from "vitest/config";

// The quick suite: everything that needs neither a service, a browser nor a long measurement.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["**/node_modules/**", "tests/{services,browser,ocr,acceptance,bench,evals}/**"],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
