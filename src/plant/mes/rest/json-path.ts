/** The value under a path such as "data.items"; a key that has dots in it is tried whole first. */
export function valueAt(json: unknown, path: string): unknown {
  if (path === "") return json;
  if (!isObject(json)) return undefined;
  if (Object.hasOwn(json, path)) return json[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(json, key)) continue;
    const found = valueAt(json[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The paths of a row's values, for naming those that are near. */
export function pathsOf(json: unknown, depth = 3): string[] {
  if (!isObject(json) || Array.isArray(json) || depth === 0) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    key,
    ...pathsOf(value, depth - 1).map((path) => `${key}.${path}`),
  ]);
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null;
}
