import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatNumber } from "../core/format/format.ts";
import type { Explanation } from "../plant/analysis/condition/explain-by-limits.ts";
import type { Equipment } from "../plant/mes-store.ts";
import { causesEvidence, explainReadings } from "./condition/explain-readings.ts";
import type { Together } from "./condition/together.ts";
import { togetherEvidence } from "./condition/together-evidence.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readWindow } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import { compareTags } from "./sensors/compare-tags.ts";
import type { TagComparison } from "./sensors/compare-tag.ts";
import { comparisonText, noRecent, verdictText } from "./sensors/comparison-text.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

type ComparisonReport = {
  equipmentId: string;
  tags: Omit<TagComparison, "points">[];
  together: Together | null;
  causes: Explanation[];
};

const windowHours = 6;
const order = { alarm: 0, abnormal: 1, watch: 2, unknown: 3, normal: 4 };

export const compareWithNormalTool = defineTool({
  name: "compare_with_normal",
  title: { ko: "평소와 비교", en: "Compare with normal" },
  description:
    "Judges a machine's sensors against its own normal running and the manual's limits: per sensor normal, watch, abnormal or alarm, higher or lower, since when, and when it would reach the alarm. " +
    "Use it for “what is wrong with”, “is it normal”, “is it getting worse”, and after every alarm. Judges the last six hours unless a period is given. For plain values use read_sensors.",
  input: z.object({ equipment: machineArgument, tags: tagsArgument, ...periodFields }),
  agents: ["maintenance", "quality"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const all = await context.sensors.tags(machine.id);
    const tags = pickTags(input.tags, all, machine, context);
    const recent = readWindow(input, context, windowHours);
    if (tags.length === 0) {
      const evidence = [noSensors(machine, context)];
      const output: ComparisonReport = { equipmentId: machine.id, tags: [], together: null, causes: [] };
      return { output, summary: evidence[0]?.text ?? "", evidence };
    }
    const { compared, together } = await compareTags(machine, { tags, all }, recent, context);
    compared.sort(
      (a, b) =>
        order[a.verdict] - order[b.verdict] ||
        Math.abs(b.comparison.deviation ?? 0) - Math.abs(a.comparison.deviation ?? 0),
    );
    // What was asked for by name is told by itself; otherwise what is off is, and the rest in one sentence.
    const single = (one: TagComparison): boolean => input.tags !== undefined || order[one.verdict] < order.unknown;
    const rest = compared.filter((one) => !single(one));
    const explained = await explainReadings(machine, all, recent.to, context);
    const cause = explained && causesEvidence(explained, machine, context);
    const off = compared.some(({ verdict }) => verdict === "alarm" || verdict === "abnormal");
    const evidence = [
      ...(cause ? [cause] : []),
      ...(together?.beyond && !off ? [togetherEvidence(together, machine, tags, context)] : []),
      ...compared.filter(single).map((one) => toEvidence(one, machine, context)),
      ...(rest.length > 0 ? [restEvidence(rest, rest.length === compared.length, machine, context)] : []),
    ];
    const summary = compared.map((one) => `${one.tag.id}: ${verdictText(one, context.language)}`).join(" · ");
    const output: ComparisonReport = {
      equipmentId: machine.id,
      tags: compared.map(({ points: _points, ...one }) => one),
      together,
      causes: explained?.causes ?? [],
    };
    return { output, summary, evidence };
  },
});

function toEvidence(one: TagComparison, machine: Equipment, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const title = equipmentTitle(machine, language);
  return {
    kind: "chart",
    title: `${title} · ${tagTitle(one.tag, language)}`,
    text: comparisonText(one, title, context),
    language,
    source: { label: one.tag.id, store: "readings", records: [one.tag.id], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: one.latest?.at ?? ctx.now().toISOString(),
    data: { found: one.comparison.recent.count > 0, ...one },
  };
}

/** The sensors that are not off, in one sentence; those without data are told apart. */
function restEvidence(rest: TagComparison[], all: boolean, machine: Equipment, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const title = equipmentTitle(machine, language);
  const figure = ({ tag, comparison }: TagComparison): string =>
    `${tagTitle(tag, language)} ${formatNumber(comparison.recent.center ?? NaN)}${tag.unit ? ` ${tag.unit}` : ""}`;
  const normal = rest.filter((one) => one.verdict === "normal");
  const unknown = rest.filter((one) => one.verdict !== "normal");
  const named = normal.map(figure).join(", ");
  const which = all
    ? say(language, `센서 ${normal.length}개 모두`, `all ${normal.length} sensors`)
    : say(language, `나머지 센서 ${normal.length}개는`, `the other ${normal.length} sensors`);
  return {
    kind: "reading",
    title,
    text: lines(
      normal.length > 0 &&
        say(language, `${title}: ${which} 평소와 같음 — ${named}`, `${title}: ${which} as normal — ${named}`),
      ...unknown.map(
        (one) =>
          `${title} · ${tagTitle(one.tag, language)}: ${verdictText(one, language)} — ${one.comparison.recent.count === 0 ? noRecent(one, context) : figure(one)}`,
      ),
    ),
    language,
    source: {
      label: say(language, "센서", "sensors"),
      store: "readings",
      records: rest.map((one) => one.tag.id),
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    table: {
      columns:
        language === "ko"
          ? ["센서", "최근 중앙값", "평소", "판단"]
          : ["sensor", "recent median", "normally", "verdict"],
      rows: rest.map((one) => [
        tagTitle(one.tag, language),
        one.comparison.recent.center === null ? null : formatNumber(one.comparison.recent.center),
        one.comparison.baseline.center === null ? null : formatNumber(one.comparison.baseline.center),
        verdictText(one, language),
      ]),
    },
    data: { found: normal.length > 0, tags: rest.map(({ points: _points, ...one }) => one) },
  };
}
