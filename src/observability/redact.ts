// What never reaches a log: values under secret-sounding names, and things that look like a credential in any text.

const censored = "[redacted]";

/** Ends of names; "tokens" (a count) is not "token". */
const secretName = /(password|passwd|passphrase|secret|token|authorization|api_?key|cookie|credentials?|private_?key)$/;

const secretTexts: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${censored}`],
  [/\bsk-[\w-]{12,}/g, censored],
  [/\bxox[a-z]-[\w-]{8,}/g, censored],
  [/\bxapp-[\w-]{8,}/g, censored],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, censored],
  // Credentials in an address: scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s/@"]+@/gi, `$1:${censored}@`],
];

function isSecretName(name: string): boolean {
  return secretName.test(name.toLowerCase().replaceAll("-", "_"));
}

/** The same text with what looks like a credential replaced. */
export function redactText(text: string): string {
  let result = text;
  for (const [pattern, replacement] of secretTexts) result = result.replace(pattern, replacement);
  return result;
}

/** A copy of plain data with secrets replaced; other objects (errors, dates) are kept as they are. */
export function redactFields(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return depth > 6 ? value : value.map((item) => redactFields(item, depth + 1));
  if (typeof value !== "object" || value === null || depth > 6) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value))
    result[name] = isSecretName(name) && item != null && item !== "" ? censored : redactFields(item, depth + 1);
  return result;
}
