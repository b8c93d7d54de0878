import type { Script } from "./scripted-api.ts";
import { alarmEvidence, alarmTurn, finished, started, streamed } from "./alarm-turn.ts";

// What the scripted plant holds, and which question leads to which turn.

const machine = (id: string, name: string, nameKo: string, aliases: string[]) => ({
  id,
  name,
  nameKo,
  aliases,
  class: null,
  model: "GMC-510",
  level: "work_unit",
  parentId: null,
  source: "sample",
  sample: true,
});

const sections = [
  [
    "안전",
    "주 차단기를 내리고 개인 자물쇠를 채운다. 표지를 건다. 스핀들이 완전히 멈추고 5분을 기다린 뒤 커버를 연다.\n\n",
  ],
  [
    "알람표",
    "| 코드 | 뜻 | 원인 | 조치 |\n| --- | --- | --- | --- |\n| 2041 | 스핀들 베어링 온도 높음 | 베어링 마모, 오일 미스트 부족 | 진동과 윤활 압력 확인 |\n| 2042 | 스핀들 진동 높음 | 베어링 마모, 불균형 | 공회전 진동 측정 |\n\n",
  ],
  ["윤활", "오일 미스트는 **매일** 창으로 확인한다. 압력은 18–24 bar.\n\n"],
] as const;
const text = sections.map(([, body]) => body).join("");
const spanOf = (index: number): [number, number] => {
  const start = sections.slice(0, index).reduce((sum, [, body]) => sum + body.length, 0);
  return [start, start + (sections[index]?.[1].length ?? 0)];
};

function manualPage(): object {
  const document = {
    id: "doc-1",
    path: "manuals/gmc-510.md",
    title: "GMC-510 정비 설명서",
    revision: "C",
    trust: "approved",
  };
  const anchors = sections.map(([heading], index) => ({
    chunkId: index + 1,
    heading,
    span: spanOf(index),
    page: index * 7 + 3,
    language: "ko",
    safety: index === 0,
  }));
  return {
    document,
    number: 1,
    pages: 1,
    text,
    start: 0,
    origin: "text",
    size: null,
    picture: null,
    lines: [],
    anchors,
  };
}

export const fixed: Record<string, unknown> = {
  "/api/status": {
    version: "0.1.0",
    mode: "model",
    model: "ollama:qwen3:8b",
    reason: { ko: "이 PC의 Ollama 모델을 씁니다.", en: "Uses the Ollama model of this PC." },
    problems: [],
    sample: true,
    counts: { pendingProposals: 1 },
    examples: [
      { language: "ko", question: "CNC-07 알람 2041 떴는데 뭐부터 봐야 돼?" },
      { language: "ko", question: "지난주 프레스 2호기 작업지시 몇 건이야?" },
      { language: "ko", question: "사출기 3호 배럴 온도 정상이야?" },
      { language: "en", question: "CNC-07 shows alarm 2041, what do I check first?" },
      { language: "en", question: "How many work orders did press 2 have last week?" },
      { language: "en", question: "Is the barrel temperature of moulder 3 normal?" },
    ],
  },
  "/api/equipment": {
    equipment: [
      machine("CNC-07", "Machining centre 7", "머시닝센터 7호", ["7호기", "칠호"]),
      machine("CNC-08", "Machining centre 8", "머시닝센터 8호", ["8호기"]),
      machine("HP-02", "Press 2", "프레스 2호", ["이호 프레스", "큰 프레스"]),
    ],
  },
  // A document without pages, as Markdown is: all of it is page 1, whatever page is asked for in these tests.
  ...Object.fromEntries([1, 3, 14].map((number) => [`/api/documents/doc-1/pages/${number}`, manualPage()])),
};

const rows = Array.from({ length: 33 }, (_, index) => [
  `WO-${2300 - index}`,
  "HP-02",
  `2026-11-${String(20 - (index % 18)).padStart(2, "0")} 0${index % 9}:40`,
  ["펌프 소음, 필터 청소", "실린더 씰 누유", "오일 온도 상승 확인"][index % 3] ?? "",
  ["이상민", "박정호", "최은지"][index % 3] ?? "",
  35 + index * 3,
]);
const columns = ["번호", "설비", "끝난 때", "내용", "담당", "분"];

export const hostile = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>
[press](javascript:window.hacked=3) ![pixel](http://192.0.2.1/pixel.png) http://192.0.2.1/auto
<button data-evidence="E1" onclick="window.hacked=4">x</button> **real** [E1]
<iframe srcdoc="<script>parent.hacked=5</script>"></iframe><style>body{display:none}</style>
<svg><a xlink:href="javascript:window.hacked=6"><text>x</text></a></svg>`;

export const script: Script = (asked) => {
  const { question } = asked;
  if (question.includes("hostile")) {
    const evidence = { ...alarmEvidence[0]!, title: hostile, text: hostile, kind: "passage" as const };
    return [
      ...started(asked, "model", hostile),
      { type: "evidence-found", evidence },
      { type: "safety-notice", text: hostile, evidenceId: null, refusal: false },
      ...streamed(hostile, 5),
      ...finished(asked, { answer: hostile, evidence: [evidence] }),
    ];
  }
  if (question.includes("cut")) return alarmTurn(asked, [{ pauseMs: 100 }, { cut: true }, { pauseMs: 300 }]);
  if (question.includes("slow")) return alarmTurn(asked, [{ pauseMs: 3_000 }], 10);
  if (question.includes("model lost")) {
    const answer = "2041은 스핀들 베어링 온도 높음입니다. [E1]";
    return [
      ...started(asked, "model", "알람 · CNC-07 · 2041"),
      ...alarmEvidence.slice(0, 4).map((evidence) => ({ type: "evidence-found" as const, evidence })),
      ...streamed("The words of the model that is about to vanish", 20),
      { type: "mode-changed", from: "model", to: "extractive", reason: "Ollama stopped answering after 20 s." },
      ...streamed(answer, 20),
      ...finished(asked, { answer, mode: "extractive", evidence: alarmEvidence.slice(0, 4) }),
    ];
  }
  if (question.includes("몇 건") || question.includes("How many")) {
    const answer = `지난주 HP-02 작업지시는 **33건**입니다. [E1]\n\n| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}\n${rows
      .slice(0, 8)
      .map((row) => `| ${row.join(" | ")} |`)
      .join("\n")}\n\n… +25`;
    const evidence = {
      id: "E1",
      kind: "count" as const,
      title: "작업지시 33건",
      text: "작업지시 · HP-02 · 지난주: 33건",
      source: { label: "작업지시", store: "work_orders", records: rows.map(([id]) => String(id)), sample: true },
      trust: "record" as const,
      table: { columns, rows, total: 33 },
    };
    return [
      ...started(asked, "extractive", "작업지시 · HP-02 프레스 2호 · 11월 9일~15일"),
      { type: "evidence-found", evidence },
      ...streamed(answer, 2),
      ...finished(asked, { answer, mode: "extractive", evidence: [evidence] }),
    ];
  }
  if (question.includes("인터록") || question.includes("interlock")) {
    const text = "안전장치를 풀거나 우회하는 방법은 알려 드리지 않습니다. 반장 이상민에게 전화하세요. 내선 2114.";
    const evidence = { ...alarmEvidence[6]!, id: "E1" };
    const answer = `${text}\n\n> ${evidence.text} [E1]`;
    return [
      ...started(asked, "extractive", "안전장치 · CNC-07"),
      { type: "evidence-found", evidence },
      { type: "safety-notice", text, evidenceId: "E1", refusal: true },
      ...streamed(answer, 2),
      ...finished(asked, { answer, mode: "extractive", abstained: true, evidence: [evidence] }),
    ];
  }
  if (question.includes("fails")) {
    return [
      ...started(asked, "extractive", "기록 · 지난달"),
      {
        type: "run-failed",
        code: "unavailable",
        message: "The MES database does not answer.",
        fix: "Check its address in the site file, then ask again.",
      },
    ];
  }
  return alarmTurn(asked);
};
