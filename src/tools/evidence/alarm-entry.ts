import type { EvidenceDraft } from "../../core/evidence.ts";
import { documentSource, revisionName } from "./place.ts";
import type { AlarmEntry } from "../../knowledge/knowledge.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

export type AlarmEntryData = {
  found: true;
  entry: AlarmEntry;
  /** The entry is of the asked machine's model, or of a document that is for every model. */
  applies: boolean;
};

/** One row of a manual's alarm table, as the document states it. */
export function alarmEntryEvidence(
  entry: AlarmEntry,
  options: { equipmentId: string | null; applies: boolean; sample: boolean },
  { language }: ToolContext,
): EvidenceDraft {
  const models = entry.models.length > 0 ? ` (${entry.models.join(", ")})` : "";
  // A code explained in prose has no columns: its own text says it.
  const prose = entry.cause || entry.remedy ? "" : entry.text.replace(/^#+\s*/, "").slice(0, 1500);
  const text = lines(
    `${entry.code}${models}: ${entry.message}`,
    prose.trim() === `${entry.code} ${entry.message}`.trim() ? "" : prose,
    entry.cause && say(language, `원인: ${entry.cause}`, `Cause: ${entry.cause}`),
    entry.remedy && say(language, `조치: ${entry.remedy}`, `Remedy: ${entry.remedy}`),
    entry.severity && say(language, `등급: ${entry.severity}`, `Severity: ${entry.severity}`),
    entry.unit && say(language, `단위: ${entry.unit}`, `Unit: ${entry.unit}`),
    !entry.inForce &&
      say(
        language,
        `이전 판(${entry.revision === null ? entry.title : revisionName(entry.revision, language)})의 항목입니다. 더 새 판이 있습니다.`,
        `This entry is of an older edition (${entry.revision === null ? entry.title : revisionName(entry.revision, language)}); there is a newer one.`,
      ),
    !options.applies &&
      say(
        language,
        "물어본 설비가 아닌 다른 기종의 항목입니다.",
        "This entry is of another model than the asked machine's.",
      ),
  );
  const data: AlarmEntryData = { found: true, entry, applies: options.applies };
  return {
    kind: "alarm-entry",
    title: `${entry.code} ${entry.message}`.trim(),
    text,
    language: entry.language,
    source: {
      ...documentSource(entry, language),
      ...(options.sample && options.applies ? { sample: true } : {}),
    },
    trust: entry.trust,
    ...(options.equipmentId && options.applies ? { equipmentId: options.equipmentId } : {}),
    data,
  };
}
