/** JSON with sorted keys and no spaces: equal values give equal text, before and after the database. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value ?? null))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  // A prototype-less object: a key "__proto__" is a key like any other.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, item] of entries) result[key] = sorted(item);
  return result;
}
