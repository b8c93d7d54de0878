import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import { formatNumber } from "../core/format/format.ts";
import { foldName } from "../plant/directory/directory.ts";
import type { Row } from "../plant/records.ts";
import { editDistance } from "../core/language/distance.ts";
import { machinesArgument, machinesCondition, resolveMachines, type Machines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions, type Span } from "./arguments/period.ts";
import { draftEvidence } from "./drafts/draft-evidence.ts";
import { lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

/** What an approved hold is written from. */
export type QualityHoldPayload = { lotIds: string[]; equipmentId: string | null; reason: string; requestedBy: string };

const most = 200;

export const draftQualityHold = defineTool({
  name: "draft_quality_hold",
  title: { ko: "품질 보류 초안", en: "Draft quality hold" },
  description:
    "Drafts a quality hold on lots as a proposal; nothing is held until a supervisor approves the exact list. " +
    "Give lot ids, or a machine with a period: then every lot made there in that time. Use it only when the asker wants lots held.",
  input: z.object({
    lots: z
      .array(z.string().trim().min(1))
      .min(1)
      .max(most)
      .optional()
      .describe("Lot ids. Leave out to hold by machine and period."),
    equipment: machinesArgument.optional(),
    ...periodFields,
    reason: z.string().trim().min(3).max(1000).describe("Why the lots are to be held, in the asker's language."),
  }),
  agents: ["quality"],
  async run(input, context) {
    const { language, ctx } = context;
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const span = readPeriod(input, context);
    const lots = input.lots ? await lotsById(input.lots, context) : await lotsMade(machines, span, context);
    const payload: QualityHoldPayload = {
      lotIds: lots.map((row) => String(row["id"])),
      equipmentId: machines?.one?.id ?? null,
      reason: input.reason,
      requestedBy: ctx.actor.name,
    };
    const chosen = input.lots
      ? null
      : say(
          language,
          `${machines?.label ?? ""} 생산분, ${span?.label ?? ""}`,
          `made on ${machines?.label ?? ""}, ${span?.label ?? ""}`,
        );
    const text = lines(
      say(
        language,
        `품질 보류: 로트 ${lots.length}개`,
        `Quality hold: ${lots.length} ${lots.length === 1 ? "lot" : "lots"}`,
      ),
      chosen && say(language, `범위: ${chosen}`, `Scope: ${chosen}`),
      ...lots.map((row) => lotLine(row)),
      say(language, `사유: ${input.reason}`, `Reason: ${input.reason}`),
      say(language, `요청자: ${payload.requestedBy}`, `Requested by: ${payload.requestedBy}`),
    );
    const proposal = await context.propose({ kind: "quality-hold", equipmentId: payload.equipmentId, text, payload });
    const directory = await context.directory.load();
    const sample = lots.some((row) => directory.byId.get(String(row["equipment_id"]))?.sample === true);
    return {
      output: { proposal, payload },
      summary: say(
        language,
        `품질 보류 초안 ${proposal.id}: 로트 ${lots.length}개, 승인 대기`,
        `Quality hold draft ${proposal.id}: ${lots.length} lots, waits for approval`,
      ),
      evidence: [draftEvidence(proposal, sample, context)],
      proposal,
    };
  },
});

function lotLine(row: Row): string {
  const quantity =
    typeof row["quantity"] === "number" ? `${formatNumber(row["quantity"])} ${String(row["unit"] ?? "")}`.trim() : "";
  return `- ${[row["id"], row["material"], quantity, row["equipment_id"]].filter((part) => typeof part === "string" && part !== "").join(" · ")}`;
}

async function lotsById(asked: string[], { mes, ctx, language }: ToolContext): Promise<Row[]> {
  const ids = [...new Set(asked)];
  const { rows } = await mes.list({
    records: "lots",
    where: [{ field: "id", op: "in", value: ids }],
    orderBy: [{ field: "id", direction: "asc" }],
    limit: most,
    timeZone: ctx.timeZone,
  });
  const missing = ids.filter((id) => !rows.some((row) => row["id"] === id));
  if (missing.length === 0) return rows;
  const known = await mes.list({ records: "lots", where: [], limit: 2000, timeZone: ctx.timeZone });
  const near = missing.flatMap((id) =>
    nearestLots(
      id,
      known.rows.map((row) => String(row["id"])),
    ),
  );
  throw new SunbaeError(
    "not_found",
    say(language, `로트가 없습니다: ${missing.join(", ")}.`, `There are no such lots: ${missing.join(", ")}.`),
    {
      fix:
        near.length > 0
          ? say(language, `가장 가까운 로트: ${near.join(", ")}`, `The nearest are ${near.join(", ")}.`)
          : undefined,
      details: missing.map((id) => ({ path: "lots", message: id })),
    },
  );
}

function nearestLots(id: string, known: string[]): string[] {
  const distance = (other: string): number => editDistance(foldName(id), foldName(other), 4);
  return known
    .map((other) => ({ other, far: distance(other) }))
    .filter((one) => one.far <= 4)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map((one) => one.other);
}

async function lotsMade(
  machines: Machines | null,
  span: Span | null,
  { mes, ctx, language }: ToolContext,
): Promise<Row[]> {
  if (!machines || !span)
    throw new SunbaeError(
      "invalid_input",
      say(language, "로트 번호, 또는 설비와 기간이 필요합니다.", "Lot ids are needed, or a machine with a period."),
      {
        fix: say(
          language,
          "어느 로트인지, 또는 어느 설비의 언제 생산분인지 물어보세요.",
          "Ask which lots, or which machine and when.",
        ),
        details: [{ path: "lots", message: "missing" }],
      },
    );
  const where = [...machinesCondition(machines), ...spanConditions("produced_at", span)];
  const { rows, total } = await mes.list({
    records: "lots",
    where,
    orderBy: [{ field: "produced_at", direction: "asc" }],
    limit: most,
    timeZone: ctx.timeZone,
  });
  if (total === 0)
    throw new SunbaeError(
      "not_found",
      say(
        language,
        `${machines.label}에서 ${span.label}에 생산된 로트가 없습니다.`,
        `No lots were made on ${machines.label} in ${span.label}.`,
      ),
    );
  if (total > most)
    throw new SunbaeError(
      "invalid_input",
      say(
        language,
        `로트가 ${total}개라 한 번에 보류할 수 없습니다 (최대 ${most}개).`,
        `${total} lots are too many for one hold (${most} at most).`,
      ),
      {
        fix: say(language, "기간을 좁히세요.", "Narrow the period."),
      },
    );
  return rows;
}
