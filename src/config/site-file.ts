import { readFileSync } from "node:fs";
import { SunbaeError } from "../core/errors.ts";
import type { SiteText } from "../core/site-text.ts";

/** Reads the site file (SUNBAE_SITE_FILE, YAML) with the settings that it refers to. Throws `invalid_input` where it can't be read. */
export function readSiteFile(path: string, environment: Readonly<Record<string, string | undefined>>): SiteText {
  const text = readText(path);
  const names = new Set([...text.matchAll(/\$\{([^{}\s]+)\}/g)].map((match) => match[1] ?? ""));
  const set = [...names].flatMap((name) => {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { path, text, values: Object.fromEntries(set) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SunbaeError("invalid_input", `The site file ${path} can't be read: ${why}`, {
      fix: "Set SUNBAE_SITE_FILE to a YAML file that this user may read, or leave it out.",
      cause,
    });
  }
}
