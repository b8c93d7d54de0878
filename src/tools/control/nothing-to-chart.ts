import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatDay } from "../../core/format/format.ts";
import type { Machines } from "../arguments/equipment.ts";
import { machinesCondition } from "../arguments/equipment.ts";
import type { ToolContext } from "../tool.ts";
import { lines, say } from "../wording.ts";

/** Says that there is nothing to chart, and what there is. */
export async function nothingToChart(
  {
    machines,
    asked,
    ofOtherKind,
  }: { machines: Machines | null; asked: string; ofOtherKind: "measured" | "counted" | null },
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { mes, ctx, language } = context;
  const [coverage, known] = await Promise.all([
    mes.coverage("inspections", machines?.one?.id),
    mes.aggregate({
      records: "inspections",
      where: machinesCondition(machines),
      timeZone: ctx.timeZone,
      measure: { kind: "count" },
      groupBy: [{ field: "characteristic" }],
      limit: 20,
    }),
  ]);
  const names = known.groups.flatMap((group) => (group.key[0] === null ? [] : [String(group.key[0])]));
  const { from, to, rows } = coverage;
  const days = from && to ? ([formatDay(from, ctx.timeZone), formatDay(to, ctx.timeZone)] as const) : null;
  return {
    kind: "inspection",
    title: say(language, "측정값 없음", "No measurements"),
    text: lines(
      ofOtherKind === null
        ? say(
            language,
            `관리도를 그릴 검사 기록이 없습니다${asked ? ` (${asked})` : ""}. 점이 두 개 이상 있어야 합니다.`,
            `There are no inspections to chart${asked ? ` (${asked})` : ""}; two points are the least.`,
          )
        : otherKind(ofOtherKind, asked, language),
      days &&
        say(
          language,
          `검사 기록은 ${days[0]}부터 ${days[1]}까지 ${rows}건입니다.`,
          `On record: ${rows} inspections from ${days[0]} to ${days[1]}.`,
        ),
      names.length > 0 &&
        say(language, `있는 특성: ${names.join(", ")}`, `Characteristics on record: ${names.join(", ")}`),
    ),
    language,
    source: {
      label: say(language, "검사 기록", "inspections"),
      store: "inspections",
      records: [],
      sample: machines?.sample ?? false,
    },
    trust: "record",
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
    data: { found: false, characteristics: names },
  };
}

function otherKind(kind: "measured" | "counted", asked: string, language: Language): string {
  const of = asked ? ` (${asked})` : "";
  return kind === "counted"
    ? say(
        language,
        `이 기록${of}은 측정값이 아니라 개수입니다. p, np, c, u 관리도를 요청하세요.`,
        `These inspections${of} are counts, not measurements: ask for a p, np, c or u chart.`,
      )
    : say(
        language,
        `이 기록${of}은 개수가 아니라 측정값입니다. xbar_r, xbar_s, i_mr, ewma, cusum 관리도를 요청하세요.`,
        `These inspections${of} are measurements, not counts: ask for xbar_r, xbar_s, i_mr, ewma or cusum.`,
      );
}
