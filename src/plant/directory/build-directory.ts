import { foldName, type Directory } from "./directory.ts";
import type { Equipment } from "../mes-store.ts";

/** Other-language words for a term ("chiller" → ["칠러", "냉동기"]); the app passes the glossary. */
export type Translate = (term: string) => string[];

/** Words for any machine at all name no kind of machine. */
const anyMachine = new Set([
  "machine",
  "machines",
  "equipment",
  "asset",
  "assets",
  "unit",
  "units",
  "line",
  "lines",
  "설비",
  "기계",
  "장비",
  "호기",
  "라인",
  "머신",
]);

const numbered = /^(.*?[^\d\s#-])[\s#-]*0*(\d+)\s*(?:호기|호|번기|번)?$/;

export function buildDirectory(all: Equipment[], translate: Translate): Directory {
  const byId = new Map(all.map((equipment) => [equipment.id, equipment]));
  const children = new Map<string, string[]>();
  for (const { id, parentId } of all) if (parentId) children.set(parentId, [...(children.get(parentId) ?? []), id]);

  const unitsOf = (id: string, seen = new Set<string>()): string[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    const below = (children.get(id) ?? []).flatMap((child) => unitsOf(child, seen));
    const isUnit = (byId.get(id)?.level ?? "work_unit") === "work_unit";
    return isUnit || below.length === 0 ? [id, ...below] : below;
  };

  const directory: Directory = { all, byId, forms: new Map(), groups: new Map(), bases: new Map(), unitsOf };
  const add = (index: Map<string, Set<string>>, form: string, ids: string[]): void => {
    const folded = foldName(form);
    if (folded.length < 2 || (index !== directory.forms && anyMachine.has(folded))) return;
    const set = index.get(folded) ?? new Set();
    for (const id of ids) set.add(id);
    index.set(folded, set);
  };

  for (const equipment of all) {
    const isUnit = (equipment.level ?? "work_unit") === "work_unit";
    for (const form of [equipment.id, ...namesOf(equipment).flatMap((name) => numberedForms(name, translate))])
      add(directory.forms, form, [equipment.id]);
    if (!isUnit) continue;
    for (const word of [equipment.model, equipment.class?.replaceAll("_", " ")].filter(
      (text) => text !== null && text !== undefined,
    ))
      for (const form of [word, `${word}s`, ...translate(word)]) add(directory.groups, form, [equipment.id]);
    for (const name of namesOf(equipment)) {
      const base = numbered.exec(name)?.[1];
      if (base)
        for (const form of [base, `${base}s`, ...translate(base)]) {
          add(directory.bases, form, [equipment.id]);
          add(directory.groups, form, [equipment.id]);
        }
    }
  }
  return directory;
}

function namesOf(equipment: Equipment): string[] {
  return [equipment.name, equipment.nameKo ?? "", ...equipment.aliases].filter((name) => name.trim() !== "");
}

/** "Chiller 9" also as "9번 chiller", "칠러 9호기", "9호 칠러" … */
function numberedForms(name: string, translate: Translate): string[] {
  const match = numbered.exec(name.trim());
  if (!match?.[1] || !match[2]) return [name, ...translate(name)];
  const number = match[2];
  const bases = [match[1].trim(), ...translate(match[1].trim())];
  return [
    name,
    ...bases.flatMap((base) =>
      ["", "호기", "호", "번"].flatMap((suffix) => [`${base}${number}${suffix}`, `${number}${suffix}${base}`]),
    ),
  ];
}
