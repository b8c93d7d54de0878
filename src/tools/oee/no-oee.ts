import { formatDay, formatSpan } from "../../core/format/format.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import type { Machines } from "../arguments/equipment.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";

/** That no OEE can be told, because there are no job orders with pieces and times, and what there is. */
export async function noOee(
  { label, machines, span }: { label: string; machines: Machines | null; span: Interval },
  { mes, ctx, language }: ToolContext,
): Promise<ToolResult> {
  const { rows, from, to } = await mes.coverage("job_orders", machines?.one?.id);
  const period = formatSpan(new Date(span.from), new Date(span.to), ctx.timeZone, language);
  const text = lines(
    say(
      language,
      `${label} (${period}): 생산오더 실적이 없어 OEE를 계산할 수 없습니다. 오더의 시작·끝 시각, 양품·불량 수량, 표준 사이클 시간이 필요합니다.`,
      `${label} (${period}): no OEE can be computed, since no job orders were run. It takes orders with start and end, good and scrap pieces and a cycle time.`,
    ),
    rows > 0 && from && to
      ? say(
          language,
          `기록된 생산오더: ${formatDay(from, ctx.timeZone)} ~ ${formatDay(to, ctx.timeZone)}, ${rows}건`,
          `job orders on record: ${rows}, ${formatDay(from, ctx.timeZone)} – ${formatDay(to, ctx.timeZone)}`,
        )
      : say(language, "기록된 생산오더가 없습니다.", "There are no job orders on record."),
  );
  const output = {
    found: false,
    label,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    text,
  };
  return {
    output,
    summary: text.split("\n")[0] ?? "",
    evidence: [
      {
        kind: "chart",
        title: `${label} · OEE`,
        text,
        language,
        source: {
          label: say(language, "생산오더", "job orders"),
          store: "job_orders",
          records: [],
          sample: machines?.sample ?? false,
        },
        trust: "record",
        ...(machines?.one ? { equipmentId: machines.one.id } : {}),
        data: output,
      },
    ],
  };
}
