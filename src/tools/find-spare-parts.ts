import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatNumber } from "../core/format/format.ts";
import type { Condition, Row } from "../plant/records.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { rankParts } from "./parts/rank-parts.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type SparePart = {
  id: string;
  name: string | null;
  nameKo: string | null;
  models: string[];
  onHand: number | null;
  minimum: number | null;
  location: string | null;
  leadTimeDays: number | null;
  supplier: string | null;
  stock: "out" | "below-minimum" | "in-stock" | "unknown";
};

const searched = 5000;

export const findSpareParts = defineTool({
  name: "find_spare_parts",
  title: { ko: "예비품 찾기", en: "Find spare parts" },
  description:
    "Spare parts by part number, Korean or English name, model or machine: stock on hand, minimum, location, lead time, supplier. " +
    "Use it for “is it in stock”, “where is it”, “how long to order”, and for every part number that another tool named.",
  input: z.object({
    query: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe("Part number or name words; several separated by commas."),
    equipment: machineArgument.optional(),
    model: z.string().trim().min(1).optional().describe("Machine model, where no single machine is meant."),
    below_minimum: z.boolean().optional().describe("Only parts whose stock is below the minimum."),
    limit: z.coerce.number().int().min(1).max(50).optional().describe("Parts wanted; 10 unless told."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const { mes, ctx } = context;
    const machine = input.equipment === undefined ? null : await resolveMachine(input.equipment, context);
    const model = input.model ?? machine?.model ?? null;
    const where: Condition[] = model === null ? [] : [{ field: "models", op: "contains", value: model }];
    const list = await mes.list({
      records: "parts",
      where,
      orderBy: [{ field: "id", direction: "asc" }],
      limit: searched,
      timeZone: ctx.timeZone,
    });
    const named = input.query === undefined ? list.rows : rankParts(input.query, list.rows);
    const all = named
      .map(toPart)
      .filter((part) => input.below_minimum !== true || part.stock === "out" || part.stock === "below-minimum");
    const parts = all.slice(0, input.limit ?? 10);
    const sources = new Set(named.map((row) => String(row["source"] ?? "")));
    const directory = await context.directory.load();
    const sample = directory.all.some((one) => one.sample && sources.has(one.source)) || (machine?.sample ?? false);
    const asked = [
      input.query && `“${input.query}”`,
      machine ? equipmentTitle(machine, context.language) : model,
      input.below_minimum && say(context.language, "최소 재고 미만", "below minimum"),
    ]
      .filter(Boolean)
      .join(" · ");
    const output = { query: input.query ?? null, model, equipmentId: machine?.id ?? null, total: all.length, parts };
    const evidence =
      parts.length === 0
        ? [await nothing()]
        : [
            ...(all.length > parts.length || parts.length > 1 ? [overview()] : []),
            ...parts.map((part) => partEvidence(part, sample, context)),
          ];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };

    function overview(): EvidenceDraft {
      const { language } = context;
      const head = say(
        language,
        `예비품 ${all.length}종 (${asked || "전체"})`,
        `${all.length} spare parts (${asked || "all"})`,
      );
      return {
        kind: "count",
        title: say(language, "예비품", "Spare parts"),
        text: lines(
          head,
          ...parts.map((part) => partLine(part, context)),
          all.length > parts.length &&
            say(language, `${all.length}종 중 ${parts.length}종 표시`, `showing ${parts.length} of ${all.length}`),
        ),
        language,
        source: {
          label: say(language, "예비품", "spare parts"),
          store: "parts",
          records: parts.map((part) => part.id),
          sample,
        },
        trust: "record",
        table: {
          columns:
            language === "ko"
              ? ["품번", "이름", "재고", "최소", "위치", "납기(일)"]
              : ["part", "name", "stock", "minimum", "location", "lead time (days)"],
          rows: parts.map((part) => [
            part.id,
            nameOf(part, language),
            part.onHand,
            part.minimum,
            part.location,
            part.leadTimeDays,
          ]),
          total: all.length,
        },
        data: output,
      };
    }

    async function nothing(): Promise<EvidenceDraft> {
      const { language } = context;
      const whole = await mes.coverage("parts");
      return {
        kind: "part",
        title: say(language, "예비품 없음", "No such part"),
        text: lines(
          say(
            language,
            `예비품 목록에 없습니다 (${asked || "전체"}).`,
            `There is no such part on the spare parts list (${asked || "all"}).`,
          ),
          say(
            language,
            `찾아본 예비품: ${list.total}종${model ? ` (${model})` : ""}, 목록 전체 ${whole.rows}종.`,
            `Searched ${list.total} parts${model ? ` (${model})` : ""} of ${whole.rows} on the list.`,
          ),
        ),
        language,
        source: {
          label: say(language, "예비품", "spare parts"),
          store: "parts",
          records: [],
          sample: machine?.sample ?? false,
        },
        trust: "record",
        data: output,
      };
    }
  },
});

function toPart(row: Row): SparePart {
  const text = (name: string): string | null => (typeof row[name] === "string" ? row[name] : null);
  const number = (name: string): number | null => (typeof row[name] === "number" ? row[name] : null);
  const [onHand, minimum] = [number("on_hand"), number("minimum")];
  return {
    id: String(row["id"]),
    name: text("name"),
    nameKo: text("name_ko"),
    models: Array.isArray(row["models"]) ? row["models"] : [],
    onHand,
    minimum,
    location: text("location"),
    leadTimeDays: number("lead_time_days"),
    supplier: text("supplier"),
    stock:
      onHand === null
        ? "unknown"
        : onHand <= 0
          ? "out"
          : minimum !== null && onHand < minimum
            ? "below-minimum"
            : "in-stock",
  };
}

function nameOf(part: SparePart, language: "ko" | "en"): string {
  return (language === "ko" ? (part.nameKo ?? part.name) : (part.name ?? part.nameKo)) ?? "";
}

/** "품번 이름: 재고 2개 …": every figure a person needs before walking to the store. */
function partLine(part: SparePart, { language }: ToolContext): string {
  const on =
    part.onHand === null
      ? say(language, "재고 모름", "stock unknown")
      : say(language, `재고 ${formatNumber(part.onHand)}개`, `${formatNumber(part.onHand)} in stock`);
  const facts = [
    part.stock === "out" ? say(language, "재고 없음 (0개)", "out of stock (0)") : on,
    part.minimum !== null &&
      say(
        language,
        `최소 ${formatNumber(part.minimum)}개${part.stock === "below-minimum" ? " 미만" : ""}`,
        `${part.stock === "below-minimum" ? "below the " : ""}minimum ${formatNumber(part.minimum)}`,
      ),
    part.location && say(language, `위치 ${part.location}`, `location ${part.location}`),
    part.leadTimeDays !== null &&
      say(language, `납기 ${formatNumber(part.leadTimeDays)}일`, `lead time ${formatNumber(part.leadTimeDays)} days`),
    part.supplier && say(language, `공급처 ${part.supplier}`, `supplier ${part.supplier}`),
  ].filter(Boolean);
  return `${part.id} ${nameOf(part, language)}: ${facts.join(", ")}`;
}

function partEvidence(part: SparePart, sample: boolean, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  return {
    kind: "part",
    title: `${part.id} ${nameOf(part, language)}`.trim(),
    text: lines(
      partLine(part, context),
      part.models.length > 0 && say(language, `기종: ${part.models.join(", ")}`, `Models: ${part.models.join(", ")}`),
    ),
    language,
    source: {
      label: `${say(language, "예비품", "spare part")} ${part.id}`,
      store: "parts",
      records: [part.id],
      sample,
    },
    trust: "record",
    at: ctx.now().toISOString(),
    data: part,
  };
}
