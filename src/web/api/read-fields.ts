// Answers of the API are read with care: a missing field is a default, never a broken page.

export type Fields = Record<string, unknown>;

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** The list itself, or the list under a name in an object. */
export function listOf(body: unknown, name: string): Fields[] {
  const list = Array.isArray(body) ? body : fields(body)[name];
  return Array.isArray(list) ? list.map(fields) : [];
}

export function textOr<T extends string | null>(value: unknown, otherwise: T): string | T {
  return typeof value === "string" ? value : otherwise;
}

export function numberOr<T extends number | null>(value: unknown, otherwise: T): number | T {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

export function spanOf(value: unknown): [number, number] {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number"
    ? [value[0], value[1]]
    : [0, 0];
}
