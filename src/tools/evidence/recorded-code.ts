import type { EvidenceDraft } from "../../core/evidence.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/**
 * What the plant's own code lists say of a code: the failure codes and the maps between lists. Empty if unknown.
 * Where a map's condition is the asked model, maps under other conditions are left out.
 */
export async function recordedCode(code: string, model: string | null, context: ToolContext): Promise<EvidenceDraft[]> {
  const { mes, ctx } = context;
  const spellings = [...new Set([code, code.toUpperCase(), code.toLowerCase()])];
  const query = (records: "failure_codes" | "code_maps", field: string) =>
    mes.list({ records, where: [{ field, op: "in", value: spellings }], timeZone: ctx.timeZone, limit: 20 });
  const [codes, maps] = await Promise.all([query("failure_codes", "id"), query("code_maps", "from_code")]);
  const [row] = codes.rows;
  const own = maps.rows.filter((one) => model !== null && one["condition"] === model);
  const mapped = own.length > 0 ? own : maps.rows;
  const [map] = mapped;
  const out: EvidenceDraft[] = [];
  if (row) {
    const parent = text(row["parent_code"]);
    const { rows } = parent
      ? await mes.list({
          records: "failure_codes",
          where: [{ field: "id", op: "eq", value: parent }],
          timeZone: ctx.timeZone,
          limit: 1,
        })
      : { rows: [] };
    const under = parent ? `${parent} ${text(rows[0]?.["description"])}`.trim() : "";
    out.push(
      draft(
        context,
        "failure_codes",
        [text(row["id"])],
        `${text(row["id"])} ${text(row["description"])}`,
        [
          `${text(row["id"])}: ${text(row["description"])}`,
          under && say(context.language, `상위 코드: ${under}`, `under: ${under}`),
          text(row["category"]) !== "" &&
            say(context.language, `분류: ${text(row["category"])}`, `category: ${text(row["category"])}`),
        ],
        { found: true, code: row },
      ),
    );
  }
  if (map)
    out.push(
      draft(
        context,
        "code_maps",
        mapped.map((one) => text(one["id"])),
        `${text(map["from_code"])} ${text(map["from_description"])}`.trim(),
        [
          `${text(map["from_code"])}: ${text(map["from_description"])}`,
          ...mapped.map(
            (one) =>
              `→ ${[text(one["condition"]), text(one["to_code"]), text(one["to_description"])].filter(Boolean).join(" ")}`,
          ),
          own.length === 0 &&
            maps.total > mapped.length &&
            say(
              context.language,
              `${maps.total}건 중 ${mapped.length}건 표시`,
              `showing ${mapped.length} of ${maps.total}`,
            ),
        ],
        { found: true, maps: mapped },
      ),
    );
  return out;
}

function draft(
  context: ToolContext,
  store: string,
  records: string[],
  title: string,
  parts: (string | false | null | undefined)[],
  data: unknown,
): EvidenceDraft {
  const label = say(
    context.language,
    store === "failure_codes" ? "고장 코드표" : "코드 대응표",
    store === "failure_codes" ? "failure codes" : "code map",
  );
  return {
    kind: "code",
    title,
    text: lines(...parts),
    language: context.language,
    source: { label, store, records },
    trust: "record",
    data,
  };
}

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
