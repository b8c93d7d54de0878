export type Decimal = "." | ",";
export type ReadNumber = { value: number; unit: string | null };

const plain = /^-?\d+(?:\.\d+)?$/;
const unit = "(?<unit>[\\p{L}\\p{Sc}%‰°µ℃℉Ω][\\p{L}\\p{N}%°/²³·^*-]{0,15})?";
const patterns: Record<Decimal, RegExp> = {
  ".": new RegExp(
    `^(?<sign>[+-])?(?!0x)(?<whole>\\d{1,3}(?:[, ']\\d{3})+|\\d+)?(?<rest>\\.\\d*)?(?<power>[eE][+-]?\\d{1,3})?\\s*${unit}$`,
    "u",
  ),
  ",": new RegExp(
    `^(?<sign>[+-])?(?!0x)(?<whole>\\d{1,3}(?:[. ']\\d{3})+|\\d+)?(?<rest>,\\d*)?(?<power>[eE][+-]?\\d{1,3})?\\s*${unit}$`,
    "u",
  ),
};

/** A number with thousands marks, a currency sign before or a unit after it. undefined where it is none. */
export function readNumber(raw: string, decimal: Decimal): ReadNumber | undefined {
  if (decimal === "." && plain.test(raw)) return { value: Number(raw), unit: null };
  const text = raw
    .normalize("NFKC")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^([+-]?)\s*[₩$€£¥]\s*/, "$1");
  const found = patterns[decimal].exec(text)?.groups;
  if (!found || (found.whole === undefined && (found.rest ?? "").length < 2)) return undefined;
  const whole = (found.whole ?? "0").replace(/[., ']/g, "");
  const rest = (found.rest ?? "").replace(",", ".");
  const value = Number(`${found.sign ?? ""}${whole}${rest === "." ? "" : rest}${found.power ?? ""}`);
  return Number.isFinite(value) ? { value, unit: found.unit ?? null } : undefined;
}

export type DecimalEvidence = { comma: number; point: number; unclear: string | null };
export const noDecimalEvidence = (): DecimalEvidence => ({ comma: 0, point: 0, unclear: null });

/** Adds what one number's text says about the decimal mark of its file: 1,5 · 1.234,5 · 12,345.6 tell; 1,234 doesn't. */
export function weighDecimal(evidence: DecimalEvidence, text: string): void {
  const digits = /^[+-]?\s*[₩$€£¥]?\s*([\d.,]*\d)/.exec(text.trim())?.[1];
  if (!digits) return;
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma < 0 && point < 0) return;
  if (comma >= 0 && point >= 0) {
    evidence[comma > point ? "comma" : "point"] += 1;
    return;
  }
  const mark = comma >= 0 ? "comma" : "point";
  const groups = digits.split(comma >= 0 ? "," : ".");
  const other = mark === "comma" ? "point" : "comma";
  if (groups.length > 2) evidence[other] += 1;
  else if (groups[1]?.length !== 3 || groups[0] === "0" || (groups[0]?.length ?? 0) > 3) evidence[mark] += 1;
  else if (mark === "comma") evidence.unclear ??= text;
}
