import { mkdtempSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePage } from "../../../src/launch/bundle.js";

const root = join(import.meta.dirname, "../../..");

/** The page as the launcher builds it, in a folder that no later build changes. */
export async function buildPage(): Promise<{ folder: string; remove: () => Promise<void> }> {
  await ensurePage(root);
  const folder = mkdtempSync(join(tmpdir(), "sunbae-page-"));
  await cp(join(root, "dist/web"), folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
