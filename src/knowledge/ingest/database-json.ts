const unkeepable = /\\u(?:0000|d[89a-f])/i;

/** JSON that Postgres takes: without NUL and halves of characters, which a text may hold there but not in a database. */
export function databaseJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!unkeepable.test(text)) return text;
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "string" ? one.replaceAll("\u0000", "").toWellFormed() : one,
  );
}
