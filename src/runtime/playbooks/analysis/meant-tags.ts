import { say } from "../../../tools/wording.ts";
import { tagTitle } from "../../../tools/arguments/tags.ts";
import type { Equipment } from "../../../plant/mes-store.ts";
import type { Tag } from "../../../plant/sensor-store.ts";
import { readTags } from "../../understand/read-tags.ts";
import type { PlaybookTurn } from "../playbook.ts";

/**
 * `how`: by the sensor's own words; by what such a trouble shows in; unmeasured: a trouble is named and no sensor shows
 * it; none: no sensor is spoken of.
 */
export type MeantTags = { tags: Tag[]; how: "named" | "shows-in" | "unmeasured" | "none"; all: Tag[] };

/** What a trouble shows in, in the words of the trade: a clogged filter in its differential pressure. */
const showsIn: [RegExp, RegExp[]][] = [
  [
    /clog|plug|block|\bfilters?\b|strainer|막히|막혀|막힐|막힘|맥히|맥혀|필터|휠타|여과|엘리먼트|스트레이너/i,
    [/differential|\bdp\b|pressure drop|차압/i, /\bflow\b|유량|풍량/i, /suction|vacuum|흡입|진공/i],
  ],
  [/bearing|wear|worn|베어링|마모|닳/i, [/vibration|진동/i, /bearing.*temp|베어링.*온도/i]],
  [/leak|누설|누유|샌다|새는/i, [/\blevel\b|수위|액위|유위/i, /pressure|압력|vacuum|진공/i]],
  [/overheat|\bheat|과열|뜨거/i, [/temperature|온도/i]],
  [/run (?:out|dry|low)|empty|바닥|고갈|떨어질/i, [/\blevel\b|수위|액위|유위|잔량/i]],
];

/**
 * Tags that the question means: by their names, aliases or the glossary's words for them, on the named machines or, where
 * none is named, anywhere; else by what the trouble that is spoken of shows in.
 */
export async function meantTags(turn: PlaybookTurn): Promise<MeantTags> {
  const { understood, tools, related } = turn;
  const ids = understood.machines.map((machine) => machine.id);
  const every = await tools.context.sensors.tags();
  const all = ids.length > 0 ? every.filter((tag) => ids.includes(tag.equipmentId)) : every;
  const text = understood.question;
  const named = understood.tags.length > 0 ? understood.tags : readTags(withoutMachines(turn, text), all, related).tags;
  if (named.length > 0) return { tags: named, how: "named", all };
  for (const [trouble, quantities] of showsIn) {
    if (!trouble.test(text)) continue;
    for (const quantity of quantities) {
      const tags = all.filter((tag) =>
        [tag.name, tag.nameKo ?? "", ...tag.aliases].some((name) => quantity.test(name)),
      );
      if (tags.length > 0) return { tags, how: "shows-in", all };
    }
  }
  return { tags: [], how: showsIn.some(([trouble]) => trouble.test(text)) ? "unmeasured" : "none", all };
}

/** Words of the question itself, which name no sensor though the glossary knows them ("알람" is an error somewhere). */
const asking =
  /(?:알람|경보|경고|알림|기준|한계|임계)(?:값|치|선)?|\b(?:alarms?|alerts?|warnings?|limits?|thresholds?|errors?|machines?|sensors?|when|will|reach|review|check)\b|언제|설비|기계|센서/gi;

function withoutMachines({ understood }: PlaybookTurn, text: string): string {
  const spans = [...understood.equipment.matches, ...understood.equipment.groups].map((one) => one.span);
  const rest = spans.reduce(
    (out, [start, end]) => out.slice(0, start) + " ".repeat(end - start) + out.slice(end),
    text,
  );
  return rest.replace(asking, " ");
}

/** Machines with their tags, in the order of the question. */
export function byMachine(tags: Tag[]): { equipment: string; tags: string[] }[] {
  return [...Map.groupBy(tags, (tag) => tag.equipmentId)].map(([equipment, own]) => ({
    equipment,
    tags: own.map((tag) => tag.id),
  }));
}

/** "WSH-01 필터 차압, CMP-01 유분리기 차압 …" */
export function tagNames(turn: PlaybookTurn, tags: Tag[], most = 8): string {
  const { language } = turn.understood;
  const names = [...new Set(tags.map((tag) => `${tag.equipmentId} ${tagTitle(tag, language)}`))];
  const more = names.length - most;
  return `${names.slice(0, most).join(", ")}${more > 0 ? say(language, ` 외 ${more}개`, ` and ${more} more`) : ""}`;
}

/** The machine's own name for a sentence. */
export function machineNames(machines: Equipment[]): string {
  return machines.map((machine) => machine.id).join(", ");
}
