import type { Link } from "./link-values.ts";
import type { Understanding } from "./understanding.ts";

/**
 * A question for an entry of the plant's own code lists: by description ("code of routine oil analysis"), by what lies
 * under a code, or by a map from one list to another ("Flow Efficiency high: which failure codes").
 */
export function readListQuestion(text: string, links: Link[]): Understanding["records"] {
  if (!/\bcodes?\b|코드/i.test(text) || /\bwork\s?orders?\b|작업\s?지시|\bby\b|별로?|\bhow many\b|몇/i.test(text))
    return null;
  const exact = (records: string, field: string): string[] =>
    links
      .filter((link) => link.records === records && link.field === field && link.share === 1)
      .flatMap((link) => link.values);
  const from = exact("code_maps", "from_code");
  if (from.length > 0 && /\b(?:which|what)\b.{0,20}\bcodes?\b|어떤|무슨|고장\s?코드|failure/i.test(text)) {
    const condition = exact("code_maps", "condition");
    return {
      records: "code_maps",
      where: [
        { field: "from_code", op: "in", value: from },
        ...(condition.length > 0 ? [{ field: "condition", op: "in" as const, value: condition }] : []),
      ],
    };
  }
  const ids = exact("failure_codes", "id");
  if (ids.length > 0 && /\bunder\b|\bsub-?codes?\b|\bsecondary\b|\bchild|\bbelow\b|하위|세부|아래|소분류/i.test(text))
    return { records: "failure_codes", where: [{ field: "parent_code", op: "in", value: ids }] };
  const described = exact("failure_codes", "description");
  return ids.length === 0 && described.length > 0
    ? { records: "failure_codes", where: [{ field: "description", op: "in", value: described }] }
    : null;
}

/** A failure code, a rule or an entry of a code map is asked for, not rows that carry it. */
export function codeListed(text: string, links: Link[], records: string | null): boolean {
  const listed = links.some(
    (link) =>
      link.share === 1 && (link.records === "failure_codes" || link.records === "code_maps" || link.words >= 10),
  );
  if (!listed && records !== "failure_codes" && records !== "code_maps") return false;
  return (
    records === "failure_codes" ||
    records === "code_maps" ||
    /\bcodes?\b|\bmean|\brule\b|what is|코드|뜻|의미|뭐|무엇|규칙|룰/i.test(text)
  );
}
