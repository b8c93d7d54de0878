import type { Ctx, Language } from "../../core/context.ts";
import type { SunbaeError } from "../../core/errors.ts";
import { formatAge, formatTime } from "../../core/format/format.ts";
import type { Unseen } from "../../plant/source.ts";
import { say } from "../../tools/wording.ts";
import { line, section, type Draft } from "../compose/draft.ts";
import type { OpenPlant } from "./open-plant.ts";

/** What an answer says before anything else where a part of the plant's records could not be seen; null where all could. */
export function unseenNote(plant: Pick<OpenPlant, "unseen" | "failure">, ctx: Ctx, language: Language): string | null {
  const sources = plant.unseen();
  const cutOff = sources.filter((one) => one.kind === "collector");
  const others = sources.filter((one) => one.kind !== "collector");
  const notes = [
    others.length > 0 && sourcesNote(others, ctx, language),
    cutOff.length > 0 && collectorsNote(cutOff, ctx, language),
  ].filter((one) => one !== false);
  if (notes.length > 0) return notes.join("\n\n");
  const failure = plant.failure();
  return failure === null ? null : failureNote(failure, language);
}

/** The draft, opened by what could not be seen. */
export function noteUnseen(note: string | null, from: Draft): Draft {
  return note === null ? from : { ...from, sections: [section(null, [line(note)]), ...from.sections] };
}

function sourcesNote(sources: Unseen[], ctx: Ctx, language: Language): string {
  const told = sources.map((one) => `${one.source} (${describe(one, ctx, language)})`).join("; ");
  return say(
    language,
    `지금 볼 수 없는 데이터가 있습니다: ${told}. 아래 답은 나머지로 만들었습니다.`,
    `Not all of the plant's data can be seen now: ${told}. What follows is made of the rest.`,
  );
}

/** Its readings are there, but none came since. */
function collectorsNote(collectors: Unseen[], ctx: Ctx, language: Language): string {
  const told = collectors.map((one) => `${one.source} (${describe(one, ctx, language)})`).join("; ");
  return say(
    language,
    `연결이 끊긴 수집기가 있습니다: ${told}. 아래에서 이 수집기의 센서 값은 끊기기 전에 마지막으로 가져온 것입니다.`,
    `A collector is not connected: ${told}. What follows of its sensors is the last that it brought.`,
  );
}

function describe({ since, newest, reason }: Unseen, { timeZone, now }: Ctx, language: Language): string {
  const clock = formatTime(since, timeZone);
  const parts = [
    say(language, `${clock}부터`, `since ${clock}`),
    reason && reason[language],
    newest &&
      say(
        language,
        `마지막으로 본 측정값은 ${formatTime(newest, timeZone)}, ${formatAge(newest, now(), "ko")}`,
        `its newest reading seen is of ${formatTime(newest, timeZone)}, ${formatAge(newest, now(), "en")}`,
      ),
  ];
  return parts.filter(Boolean).join(", ");
}

function failureNote(failure: SunbaeError, language: Language): string {
  // What an unforeseen error says is for the log.
  const why = failure.code === "internal" ? "" : ` (${failure.message})`;
  return say(
    language,
    `지금 설비 기록 일부를 읽을 수 없습니다${why}. 아래 답은 나머지로 만들었습니다.`,
    `Some of the plant's records can't be read now${why}. What follows is made of the rest.`,
  );
}
