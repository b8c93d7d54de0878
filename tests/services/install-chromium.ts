import { existsSync } from "node:fs";
import { aptInstall } from "./install-postgres.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of this machine, installed first where there is none; null where it can't be. */
export function installChromium(): string | null {
  const find = (): string | null => places.find((place) => existsSync(place)) ?? null;
  return find() ?? (aptInstall("chromium") ? find() : null);
}
