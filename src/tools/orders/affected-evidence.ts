import { withParticle } from "../../core/language/script.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatDay, formatMinutes, formatTime } from "../../core/format/format.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { AffectedOrder, AffectedOrders } from "./affected.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

export async function affectedEvidence(
  output: AffectedOrders,
  machine: Equipment,
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { language, ctx } = context;
  const time = (at: string | null): string | null => (at === null ? null : formatTime(at, ctx.timeZone));
  const { outage, orders } = output;
  return {
    kind: "job-order",
    title: say(language, `${machine.id} 정지로 밀리는 오더`, `Orders delayed by ${machine.id}`),
    text: lines(
      headline(output, machine, context),
      ...orders.slice(0, 20).map((order) => orderText(order, outage !== null, context)),
      orders.length > 20 && say(language, `${orders.length}건 중 20건 표시`, `showing 20 of ${orders.length}`),
      output.total === 0 && (await coverageText(machine, context)),
      output.total > 0 &&
        say(
          language,
          "오더는 계획 순서대로 하나씩 돈다고 보고 계산했습니다.",
          "Computed with orders running one after the other as planned.",
        ),
    ),
    language,
    source: {
      label: say(language, "생산오더", "job orders"),
      store: "job_orders",
      records: orders.map((order) => order.id),
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    table: {
      columns:
        language === "ko"
          ? ["오더", "제품", "고객", "납기", "원래 끝", "정지 때 끝", "지연", "납기 초과"]
          : ["order", "product", "customer", "due", "end as planned", "end with outage", "delay", "late by"],
      rows: orders.map((order) => [
        order.id,
        order.product,
        order.customer,
        time(order.dueAt),
        time(order.endBefore),
        time(order.endAfter),
        formatMinutes(order.delayMinutes, language),
        order.lateMinutes === null ? null : formatMinutes(order.lateMinutes, language),
      ]),
      total: orders.length,
    },
    data: output,
  };
}

function headline(
  { outage, orders, total }: AffectedOrders,
  machine: Equipment,
  { language, ctx }: ToolContext,
): string {
  const name = equipmentTitle(machine, language);
  if (total === 0)
    return say(language, `${name}에 진행 중이거나 예정된 오더가 없습니다.`, `${name} has no running or coming orders.`);
  if (outage === null)
    return say(
      language,
      `${name}의 진행 중·예정 오더 ${total}건. 얼마나 서는지 알려 주면 지연을 계산합니다.`,
      `${name} has ${total} running and coming orders. Say how long it stands to get the delays.`,
    );
  const span = say(
    language,
    `${formatTime(outage.until, ctx.timeZone)}까지(${formatMinutes(outage.minutes, "ko")})`,
    `until ${formatTime(outage.until, ctx.timeZone)} (${formatMinutes(outage.minutes, "en")})`,
  );
  const late = orders.filter((order) => (order.lateMinutes ?? 0) > 0 && !order.lateAnyway).length;
  if (orders.length === 0)
    return say(
      language,
      `${withParticle(name, "이", "가")} ${span} 서도 밀리는 오더가 없습니다 (오더 ${total}건).`,
      `No order is delayed if ${name} stands ${span} (${total} orders).`,
    );
  return say(
    language,
    `${withParticle(name, "이", "가")} ${span} 서면 오더 ${total}건 중 ${orders.length}건이 밀리고, 그 때문에 ${late}건이 납기를 넘깁니다.`,
    `If ${name} stands ${span}, ${orders.length} of ${total} orders are delayed and ${late} miss their due time because of it.`,
  );
}

function orderText(order: AffectedOrder, outage: boolean, { language, ctx }: ToolContext): string {
  const time = (at: string): string => formatTime(at, ctx.timeZone);
  const who = [order.id, order.product, order.customer].filter(Boolean).join(" · ");
  const state = order.running ? say(language, " (진행 중)", " (running)") : "";
  const due =
    order.dueAt === null
      ? say(language, "납기 없음", "no due time")
      : say(language, `납기 ${time(order.dueAt)}`, `due ${time(order.dueAt)}`);
  const late = order.lateMinutes ?? 0;
  const verdict =
    late === 0
      ? say(language, "납기 지킴", "in time")
      : say(language, `납기 ${formatMinutes(late, "ko")} 초과`, `late by ${formatMinutes(late, "en")}`) +
        (order.lateAnyway ? say(language, " (정지가 없어도 늦음)", " (late anyway)") : "");
  const slack =
    order.toleranceMinutes === null
      ? ""
      : say(
          language,
          `, ${formatMinutes(order.toleranceMinutes, "ko")}까지 서도 됨`,
          `, tolerates ${formatMinutes(order.toleranceMinutes, "en")}`,
        );
  if (!outage) return `${who}${state}: ${due}, ${say(language, "예상 끝", "ends")} ${time(order.endBefore)}${slack}`;
  const delay = say(
    language,
    `${formatMinutes(order.delayMinutes, "ko")} 지연되어 ${time(order.endAfter)}에 끝남`,
    `${formatMinutes(order.delayMinutes, "en")} later, ends ${time(order.endAfter)}`,
  );
  const instead = insteadText(order, { language, ctx });
  return `${who}${state}: ${delay}, ${due}, ${verdict}${instead}`;
}

/** Machines of the model that could make it in time; else that there are none. */
function insteadText(
  { alternatives }: AffectedOrder,
  { language, ctx }: Pick<ToolContext, "language" | "ctx">,
): string {
  if (alternatives.length === 0) return "";
  const fit = alternatives.filter((one) => one.meetsDue === true);
  const named = fit.slice(0, 3).map((one) => {
    const free = formatTime(one.start, ctx.timeZone);
    const standing = one.down ? say(language, ", 지금 정지 중", ", standing now") : "";
    return `${one.equipmentId} (${say(language, `${free}부터 빔`, `free from ${free}`)}${standing})`;
  });
  if (named.length > 0)
    return say(language, `. 납기 안에 대신할 설비: ${named.join(", ")}`, `. In time instead: ${named.join(", ")}`);
  const all = alternatives.map((one) => one.equipmentId).join(", ");
  return say(
    language,
    `. 같은 기종 ${all}도 납기 안에는 비지 않음`,
    `. ${all} of the same model are not free in time either`,
  );
}

async function coverageText(machine: Equipment, { mes, language, ctx }: ToolContext): Promise<string> {
  const { rows, from, to } = await mes.coverage("job_orders", machine.id);
  if (rows === 0 || !from || !to)
    return say(language, "이 설비의 생산오더 기록이 없습니다.", "There are no job orders of this machine on record.");
  return say(
    language,
    `이 설비의 오더 기록은 ${formatDay(from, ctx.timeZone)}부터 ${formatDay(to, ctx.timeZone)}까지 ${rows}건입니다.`,
    `On record for it: ${rows} orders from ${formatDay(from, ctx.timeZone)} to ${formatDay(to, ctx.timeZone)}.`,
  );
}
