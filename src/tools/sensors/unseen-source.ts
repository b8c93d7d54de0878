import { formatTime } from "../../core/format/format.ts";
import { withParticle } from "../../core/language/script.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import type { Unseen } from "../../plant/source.ts";
import { say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/** Why a tag's values can't be seen now; null where they can. Ask after its store was asked. */
export function unseenSource(tag: Pick<Tag, "source">, { unseen }: Pick<ToolContext, "unseen">): Unseen | null {
  return unseen?.().find((one) => one.kind === "sensors" && one.source === tag.source) ?? null;
}

/** "It can't be read now: …" – never that there are no values. */
export function unseenText({ source, since, reason }: Unseen, { language, ctx }: ToolContext): string {
  const clock = formatTime(since, ctx.timeZone);
  const why = reason ? `: ${reason[language]}` : "";
  return say(
    language,
    `지금 읽을 수 없습니다. 데이터 원본 ${withParticle(source, "이", "가")} ${clock}부터 보이지 않습니다${why}. 값이 없다는 뜻이 아닙니다.`,
    `It can't be read now: its source ${source} has not been seen since ${clock}${why}. That does not mean that there are no values.`,
  );
}

/** A tag's source as a person is shown it: where it isn't Sunbae's own store, the store is named. */
export function tagSource(tag: Pick<Tag, "id" | "source">, { isDeclared }: Pick<ToolContext, "isDeclared">): string {
  return isDeclared?.(tag.source) ? `${tag.id} · ${tag.source}` : tag.id;
}
