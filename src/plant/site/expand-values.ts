import type { ErrorDetail } from "../../core/errors.ts";
import type { Yaml, YamlPath } from "../yaml/read-yaml.ts";

const reference = /\$(\$?)\{([^{}]*)\}/g;

export type Expanded = {
  value: unknown;
  faults: ErrorDetail[];
  /** Paths whose text came from the environment, as "a.b.0". */
  from: Set<string>;
};

/** Every text's `${NAME}` becomes the setting of that name; `$${NAME}` stays `${NAME}`. A name that is not set is a fault. */
export function expandValues(yaml: Yaml, values: Readonly<Record<string, string>>): Expanded {
  const faults: ErrorDetail[] = [];
  const from = new Set<string>();
  const expandText = (text: string, path: YamlPath): string =>
    text.replace(reference, (whole, escape: string, name: string) => {
      if (escape !== "") return whole.slice(1);
      from.add(path.join("."));
      if (Object.hasOwn(values, name)) return values[name] ?? "";
      const line = yaml.lineOf(path);
      const message = /^[A-Za-z_]\w*$/.test(name)
        ? `${path.join(".")} takes \${${name}}, which is not set. Set ${name} in the environment or in .env.`
        : `${path.join(".")} has \${${name}}, which is no name of a setting. Write $\${…} for the characters themselves.`;
      faults.push({ path: path.join("."), ...(line !== undefined && { line }), message });
      return "";
    });
  const expand = (value: unknown, path: YamlPath): unknown => {
    if (typeof value === "string") return expandText(value, path);
    if (Array.isArray(value)) return value.map((one, index) => expand(one, [...path, index]));
    if (typeof value !== "object" || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expand(one, [...path, key])]));
  };
  return { value: expand(yaml.value, []), faults, from };
}

/** Sets numbers where a number was expected and the environment gave its digits. Returns whether anything changed. */
export function readExpandedNumbers(value: unknown, wanted: YamlPath[], from: Expanded["from"]): boolean {
  let changed = false;
  for (const path of wanted) {
    const key = path.at(-1);
    let parent = value;
    for (const part of path.slice(0, -1)) parent = (parent as Record<string | number, unknown> | undefined)?.[part];
    if (key === undefined || typeof parent !== "object" || parent === null) continue;
    const holder = parent as Record<string | number, unknown>;
    const text = holder[key];
    if (typeof text !== "string" || !from.has(path.join(".")) || !/^-?\d+(\.\d+)?$/.test(text.trim())) continue;
    holder[key] = Number(text);
    changed = true;
  }
  return changed;
}
