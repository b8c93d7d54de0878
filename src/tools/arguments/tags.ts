import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import { foldName } from "../../plant/directory/directory.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { equipmentTitle, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

export const tagsArgument = z
  .union([z.array(z.string().trim().min(1)), z.string().trim().min(1)])
  .optional()
  .describe(
    "Sensors wanted: tag ids, names or words such as “vibration”, “온도”. Leave out for all of the machine's sensors.",
  );

/** The machine's tags that the words mean; all where none are given. Rejects with the tags there are where a word fits none. */
export function pickTags(
  asked: string[] | string | undefined,
  tags: Tag[],
  machine: Equipment,
  { language }: ToolContext,
): Tag[] {
  const words = (Array.isArray(asked) ? asked : (asked?.split(",") ?? []))
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (words.length === 0) return tags;
  const picked = new Set<Tag>();
  for (const word of words) {
    const fits = fitting(foldName(word), tags, machine);
    if (fits.length === 0)
      throw new SunbaeError(
        "not_found",
        say(
          language,
          `${equipmentTitle(machine, language)}에 “${word}” 센서가 없습니다.`,
          `${machine.id} has no sensor “${word}”.`,
        ),
        {
          fix:
            tags.length === 0
              ? say(language, "이 설비에는 연결된 센서가 없습니다.", "No sensors of this machine are connected.")
              : say(
                  language,
                  `있는 센서: ${tags.map((tag) => tagTitle(tag, "ko")).join(", ")}`,
                  `Its sensors: ${tags.map((tag) => tagTitle(tag, "en")).join(", ")}`,
                ),
          details: tags.map((tag) => ({ path: "tags", message: tag.id })),
        },
      );
    for (const tag of fits) picked.add(tag);
  }
  return tags.filter((tag) => picked.has(tag));
}

/** Exact spellings first; else every tag with the words in one of its names. */
function fitting(folded: string, tags: Tag[], machine: Equipment): Tag[] {
  const prefix = foldName(machine.id);
  const forms = (tag: Tag): string[] => {
    const id = foldName(tag.id);
    const short = id.startsWith(prefix) ? id.slice(prefix.length) : id;
    return [id, short, ...[tag.name, tag.nameKo ?? "", ...tag.aliases].map(foldName)].filter((form) => form !== "");
  };
  const exact = tags.filter((tag) => forms(tag).includes(folded));
  if (exact.length > 0) return exact;
  return tags.filter((tag) =>
    forms(tag).some((form) => form.includes(folded) || (form.length > 2 && folded.includes(form))),
  );
}

/** The sensor's name in the language, with its unit left to the figures. */
export function tagTitle(tag: Tag, language: "ko" | "en"): string {
  const name = language === "ko" ? (tag.nameKo ?? tag.name) : tag.name;
  return name === "" ? tag.id : name;
}
