import type { Evidence } from "../../../src/core/evidence.ts";
import type { Answer, Proposal, RunEvent } from "../../../src/core/run-event.ts";
import type { Step } from "./scripted-api.ts";

// A turn as the runtime tells it: an alarm at a machine, by night.

const minute = 60_000;

export function reading(
  id: string,
  name: [string, string],
  unit: string,
  value: number,
  limits: [number, number, number],
): Evidence {
  const [normalLow, normalHigh, alarmHigh] = limits;
  const state = value >= alarmHigh ? "alarm" : value > normalHigh ? "outside-normal" : "normal";
  const at = new Date(Date.now() - minute).toISOString();
  const points = Array.from({ length: 120 }, (_, index) => {
    const mean = value - (120 - index) * (value / 400) + Math.sin(index / 5) * (value / 60);
    const time = new Date(Date.now() - (120 - index) * 12 * minute).toISOString();
    return { at: time, mean, min: mean * 0.97, max: mean * 1.03, count: 12 };
  });
  const tag = {
    id: `CNC-07.${name[0]}`,
    name: name[0],
    nameKo: name[1],
    unit,
    normalLow,
    normalHigh,
    alarmLow: null,
    alarmHigh,
  };
  return {
    id,
    kind: "reading",
    title: `CNC-07 · ${name[1]}`,
    text: `지금 ${value} ${unit}. 정상 ${normalLow}~${normalHigh}, 알람 ≥${alarmHigh}`,
    source: { label: tag.id, store: "readings", records: [tag.id], sample: true },
    trust: "record",
    equipmentId: "CNC-07",
    at,
    data: { found: true, tag, latest: { at, value, quality: "good", ageMinutes: 1, stale: false, state }, points },
  };
}

export const alarmEvidence: Evidence[] = [
  {
    id: "E1",
    kind: "alarm-entry",
    title: "2041 스핀들 베어링 온도 높음",
    text: "2041 (GMC-510): 스핀들 베어링 온도 높음\n원인: 베어링 마모, 오일 미스트 부족, 과부하\n조치: 진동과 윤활 압력을 확인하고, 70 °C 이하로 식은 뒤 다시 운전\n등급: 정지",
    language: "ko",
    source: {
      label: "GMC-510 정비 설명서 · 알람표",
      documentId: "doc-1",
      page: 14,
      heading: "알람표",
      span: [100, 240],
      sample: true,
    },
    trust: "approved",
    equipmentId: "CNC-07",
  },
  reading("E2", ["spindle_temperature", "스핀들 온도"], "°C", 71.4, [30, 55, 70]),
  reading("E3", ["spindle_vibration", "스핀들 진동"], "mm/s", 3.1, [0.8, 2.2, 4.5]),
  reading("E4", ["lube_pressure", "윤활 압력"], "bar", 19.8, [18, 24, 30]),
  {
    id: "E5",
    kind: "work-order",
    title: "WO-2214 · CNC-07 · 2026-06-03",
    text: "WO-2214 · CNC-07 · 2026-06-03 · 박정호 · 3시간 10분\n스핀들에서 소음, 알람 2041\n원인: 앞쪽 베어링 마모\n조치: 베어링 GMC-SB-7014 교체, 오일 미스트 노즐 청소\n부품: GMC-SB-7014",
    source: { label: "작업지시 WO-2214", store: "work_orders", records: ["WO-2214"], date: "2026-06-03", sample: true },
    trust: "record",
    equipmentId: "CNC-07",
    at: "2026-06-03T01:20:00+09:00",
  },
  {
    id: "E6",
    kind: "card",
    title: "2041은 온도보다 진동을 먼저 본다",
    text: "온도가 오르기 2~3일 전에 진동이 먼저 오른다.\n알아보는 법: 공회전 때 손등으로 헤드를 짚으면 잔떨림이 느껴진다\n1) 공회전 3000 rpm에서 진동을 본다\n2) 2.8을 넘으면 베어링, 안 넘으면 오일 미스트부터 본다",
    source: { label: "CARD-004 · 김영수", documentId: "doc-2", expert: "김영수", date: "2026-02-11", sample: true },
    trust: "reviewed",
  },
  {
    id: "E7",
    kind: "safety",
    title: "스핀들 작업 전 잠금·표지",
    text: "주 차단기를 내리고 개인 자물쇠를 채운다. 표지를 건다. 스핀들이 완전히 멈추고 5분을 기다린 뒤 커버를 연다.",
    source: {
      label: "GMC-510 정비 설명서 · 안전",
      documentId: "doc-1",
      page: 3,
      heading: "안전",
      span: [0, 90],
      sample: true,
    },
    trust: "approved",
  },
];

export const alarmAnswer = `**2041은 스핀들 베어링 온도 높음**입니다. 지금 71.4 °C로 알람 한계를 넘었습니다. [E1][E2]

**먼저 할 일**

> 주 차단기를 내리고 개인 자물쇠를 채운다. 표지를 건다. [E7]

1. 공회전에서 **진동**을 봅니다. 지금 3.1 mm/s로 정상(2.2)을 넘었습니다. [E3][E6]
2. 윤활 압력은 19.8 bar로 정상이므로 오일 미스트 노즐을 나중에 봅니다. [E4]
3. 진동이 2.8을 넘으면 앞쪽 베어링을 의심합니다. [E6]

**지난번에는** 박정호 님이 베어링 GMC-SB-7014를 바꾸고 끝냈습니다(3시간 10분). [E5]

| 부품 | 재고 | 위치 |
| --- | ---: | --- |
| GMC-SB-7014 | 2 | A-03-2 |
| GMC-SB-7012 | 0 | – |
`;

export const alarmProposal: Proposal = {
  id: "PR-1",
  kind: "work-order",
  text: "설비: CNC-07\n내용: 알람 2041, 스핀들 진동 3.1 mm/s. 앞쪽 베어링 점검 및 필요 시 교체\n우선순위: 2 (높음)\n요청: local user",
  status: "pending",
  runId: null,
  equipmentId: "CNC-07",
};

type Asked = { question: string; runId: string; conversationId: string };

export function started(asked: Asked, mode: "model" | "extractive", readingLine: string): RunEvent[] {
  return [
    { type: "run-started", question: asked.question, mode, conversationId: asked.conversationId },
    {
      type: "understood",
      understood: { language: "ko", intent: "alarm", equipment: [], alarmCodes: [], reading: readingLine },
    },
  ];
}

export function finished(asked: Asked, answer: Partial<Answer>): RunEvent[] {
  const timings = { firstEvidenceMs: 80, totalMs: 2_310, modelMs: 1_900, modelCalls: 2 };
  const whole: Answer = {
    runId: asked.runId,
    answer: "",
    language: "ko",
    mode: "model",
    citations: [],
    evidence: [],
    proposals: [],
    abstained: false,
    timings,
    ...answer,
  };
  return [
    { type: "answer-finished", answer: whole },
    { type: "run-finished", timings },
  ];
}

export function streamed(text: string, pauseMs: number): Step[] {
  return (text.match(/[\s\S]{1,24}/g) ?? []).flatMap((piece): Step[] => [
    { type: "answer-delta", text: piece },
    { pauseMs },
  ]);
}

/** The whole turn; `between` stands where the evidence is there and the answer is not. */
export function alarmTurn(asked: Asked, between: Step[] = [{ pauseMs: 200 }], pauseMs = 10): Step[] {
  const proposal = { ...alarmProposal, runId: asked.runId };
  return [
    ...started(asked, "model", "알람 · CNC-07 3호 머시닝센터 · 2041"),
    { type: "safety-notice", text: alarmEvidence[6]?.text ?? "", evidenceId: "E7", refusal: false },
    ...alarmEvidence.flatMap((evidence): Step[] => [{ type: "evidence-found", evidence }, { pauseMs: 15 }]),
    {
      type: "plan-made",
      by: "rules",
      tasks: [
        { agent: "maintenance", task: "2041의 원인과 점검 순서" },
        { agent: "planner", task: "부품 재고" },
      ],
    },
    { type: "tool-started", agent: "planner", tool: "find_spare_parts", callId: "c1", input: {} },
    ...between,
    {
      type: "tool-finished",
      agent: "planner",
      tool: "find_spare_parts",
      callId: "c1",
      ok: true,
      summary: "부품 2종",
      ms: 12,
    },
    ...streamed(alarmAnswer, pauseMs),
    { type: "proposal-made", proposal },
    ...finished(asked, { answer: alarmAnswer, evidence: alarmEvidence, proposals: [proposal] }),
  ];
}
