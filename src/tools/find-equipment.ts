import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { Directory } from "../plant/directory/directory.ts";
import { nearestEquipment, resolveEquipment } from "../plant/directory/resolve-equipment.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Tag } from "../plant/sensor-store.ts";
import { equipmentTitle, lines, quoted, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type EquipmentFound = {
  query: string | null;
  equipment: (Equipment & { path: string; tags: string[] })[];
  /** One spelling, several machines: ask. */
  ambiguous: boolean;
  /** Set where nothing was found. */
  nearest: { id: string; title: string }[];
  total: number;
};

const shown = 30;

export const findEquipment = defineTool({
  name: "find_equipment",
  title: { ko: "설비 찾기", en: "Find equipment" },
  description:
    "Finds machines by id, name, shop alias, model, kind, line or area, and says where they stand and which sensors they have. " +
    "Use it first when it is not certain which machine is meant, or to list the machines. Says so, with the nearest ids, when there is none.",
  input: z.object({
    query: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe("Id, name, alias, model, kind, line or area, as the asker wrote it. Leave out to list every machine."),
  }),
  agents: ["planner", "maintenance", "quality"],
  async run({ query }, context) {
    const directory = await context.directory.load();
    const found = query === undefined ? listed(directory.all.filter(isUnit)) : match(query, directory);
    const equipment = found.units.slice(0, shown);
    const tags = await context.sensors.tags(equipment.length === 1 ? equipment[0]?.id : undefined);
    const output: EquipmentFound = {
      query: query ?? null,
      equipment: equipment.map((one) => ({ ...one, path: pathOf(one, directory, context), tags: tagsOf(one, tags) })),
      ambiguous: found.ambiguous,
      nearest: found.nearest.map((one) => ({ id: one.id, title: equipmentTitle(one, context.language) })),
      total: found.units.length,
    };
    const evidence = [
      toEvidence(
        output,
        equipment.some((one) => one.sample),
        context,
      ),
    ];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

type Match = { units: Equipment[]; ambiguous: boolean; nearest: Equipment[] };

function listed(units: Equipment[]): Match {
  return { units, ambiguous: false, nearest: [] };
}

const isUnit = (one: Equipment): boolean => (one.level ?? "work_unit") === "work_unit";

function match(query: string, directory: Directory): Match {
  const all = (ids: string[]): Equipment[] =>
    [...new Set(ids)].map((id) => directory.byId.get(id)).filter((one) => one !== undefined);
  const exact = directory.all.find((one) => one.id.toLowerCase() === query.toLowerCase());
  if (exact) return listed(all(directory.unitsOf(exact.id)));
  const found = resolveEquipment(query, directory);
  const candidates = found.ambiguous.flatMap((one) => one.candidates);
  const units = all([...found.matches.flatMap((one) => one.units), ...candidates.map((one) => one.id)]);
  if (units.length > 0) return { units, ambiguous: candidates.length > 0, nearest: [] };
  if (found.unknown.length > 0) return { units: [], ambiguous: false, nearest: found.unknown[0]?.nearest ?? [] };
  if (found.groups.length > 0) return listed(all(found.groups.flatMap((group) => group.ids)));
  return { units: [], ambiguous: false, nearest: nearestEquipment(query, directory) };
}

/** "Site › Area › Line", without the machine itself. */
function pathOf(equipment: Equipment, directory: Directory, { language }: ToolContext): string {
  const names: string[] = [];
  const seen = new Set([equipment.id]);
  for (let parent = equipment.parentId; parent && !seen.has(parent);) {
    seen.add(parent);
    const above = directory.byId.get(parent);
    if (!above) break;
    names.unshift(language === "ko" ? (above.nameKo ?? above.name) : above.name);
    parent = above.parentId;
  }
  return names.join(" › ");
}

function tagsOf(equipment: Equipment, tags: Tag[]): string[] {
  return tags.filter((tag) => tag.equipmentId === equipment.id).map((tag) => tag.id);
}

function toEvidence(output: EquipmentFound, sample: boolean, context: ToolContext): EvidenceDraft {
  const { language } = context;
  const { query, equipment, nearest, total } = output;
  const describe = (one: EquipmentFound["equipment"][number]): string =>
    [
      equipmentTitle(one, language),
      one.model,
      one.class?.replaceAll("_", " "),
      one.path,
      one.tags.length > 0 &&
        say(
          language,
          `센서 ${one.tags.length}개: ${one.tags.map((tag) => shortTag(tag, one.id)).join(", ")}`,
          `${one.tags.length} sensors: ${one.tags.map((tag) => shortTag(tag, one.id)).join(", ")}`,
        ),
    ]
      .filter(Boolean)
      .join(" · ");
  const near = nearest.map((one) => one.title).join(", ");
  const head =
    total === 0
      ? query === null
        ? say(language, "등록된 설비가 없습니다.", "No equipment is on record.")
        : say(
            language,
            `“${query}”에 해당하는 설비가 없습니다. 가장 가까운 설비: ${near || "없음"}.`,
            `There is no equipment “${query}”. The nearest are: ${near || "none"}.`,
          )
      : output.ambiguous
        ? say(
            language,
            `${quoted(query ?? "", "은", "는")} 설비 ${total}대에 해당합니다. 어느 설비입니까?`,
            `“${query}” means ${total} machines. Which one?`,
          )
        : say(
            language,
            `설비 ${total}대${query ? ` (${query})` : ""}`,
            `${total} ${total === 1 ? "machine" : "machines"}${query ? ` (${query})` : ""}`,
          );
  const more =
    total > equipment.length &&
    say(language, `${total}대 중 ${equipment.length}대만 표시합니다.`, `Showing ${equipment.length} of ${total}.`);
  const only = equipment.length === 1 ? equipment[0] : undefined;
  return {
    kind: "equipment",
    title: only ? equipmentTitle(only, language) : say(language, "설비", "Equipment"),
    text: lines(head, ...equipment.map(describe), more),
    language,
    source: {
      label: say(language, "설비 대장", "equipment register"),
      store: "equipment",
      records: equipment.map((one) => one.id),
      sample,
    },
    trust: "record",
    ...(only ? { equipmentId: only.id } : {}),
    table: {
      columns:
        language === "ko" ? ["설비", "이름", "기종", "위치", "센서"] : ["id", "name", "model", "place", "sensors"],
      rows: equipment.map((one) => [
        one.id,
        language === "ko" ? (one.nameKo ?? one.name) : one.name,
        one.model,
        one.path,
        one.tags.length,
      ]),
      total,
    },
    data: output,
  };
}

function shortTag(tag: string, equipmentId: string): string {
  return tag.startsWith(`${equipmentId}.`) ? tag.slice(equipmentId.length + 1) : tag;
}
