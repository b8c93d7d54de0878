import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that is removed at the moment `atEnd` stands for, e.g. `afterAll`. */
export function temporaryFolderUntil(atEnd: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "sunbae-test-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  return temporaryFolderUntil(onTestFinished);
}
