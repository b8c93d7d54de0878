import { buildDirectory, type Translate } from "./build-directory.ts";
import type { Directory } from "./directory.ts";
import type { MesStore } from "../mes-store.ts";

export type DirectoryCache = { load(): Promise<Directory>; invalidate(): void };

/** The directory, built once and again after `maxAgeMs` or when told that the data changed. */
export function createDirectoryCache(options: {
  mes: MesStore;
  translate: Translate;
  maxAgeMs?: number;
  now?: () => number;
}): DirectoryCache {
  const { mes, translate, maxAgeMs = 60_000, now = Date.now } = options;
  let built: { at: number; directory: Promise<Directory> } | null = null;
  return {
    load() {
      if (built && now() - built.at < maxAgeMs) return built.directory;
      const directory = mes.equipment().then((all) => buildDirectory(all, translate));
      const entry = { at: now(), directory };
      directory.catch(() => {
        if (built === entry) built = null;
      });
      built = entry;
      return directory;
    },
    invalidate() {
      built = null;
    },
  };
}
