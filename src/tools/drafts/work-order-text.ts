import type { Language } from "../../core/context.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { equipmentTitle, lines, say } from "../wording.ts";

/** What an approved work order is written from; with the proposal's id and the time of approval it is a NewWorkOrder. */
export type WorkOrderPayload = {
  equipmentId: string;
  description: string;
  priority: number;
  preventive: boolean;
  primaryCode: string | null;
  alarmCode: string | null;
  requestedBy: string;
};

export function priorityNames(priority: number, language: Language): string {
  const name = [
    say(language, "긴급", "urgent"),
    say(language, "높음", "high"),
    say(language, "보통", "normal"),
    say(language, "낮음", "low"),
  ][priority - 1];
  return name === undefined ? String(priority) : `${priority} (${name})`;
}

/**
 * The exact text that an approver sees: everything that will be written, and nothing else. No time of day in it, so
 * that the same draft of the same run is the same text.
 */
export function workOrderText(
  payload: WorkOrderPayload,
  machine: Equipment,
  failure: string | null,
  language: Language,
): string {
  const kind = payload.preventive ? say(language, "예방정비", "preventive") : say(language, "사후정비", "corrective");
  const code = [payload.primaryCode, failure].filter(Boolean).join(" ");
  const labelled = (ko: string, en: string, value: string | null): string | null =>
    value ? `${say(language, ko, en)}: ${value}` : null;
  return lines(
    say(language, "작업지시", "Work order"),
    labelled("설비", "Machine", equipmentTitle(machine, language)),
    labelled("내용", "Description", payload.description),
    labelled("우선순위", "Priority", priorityNames(payload.priority, language)),
    labelled("구분", "Kind", kind),
    labelled("알람", "Alarm", payload.alarmCode),
    labelled("고장 코드", "Failure code", code === "" ? null : code),
    labelled("요청자", "Requested by", payload.requestedBy),
  );
}
