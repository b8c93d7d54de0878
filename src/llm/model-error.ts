import { SunbaeError } from "../core/errors.ts";
import type { Language } from "../core/context.ts";

/** Why a model didn't answer. `budget` is our own limit; all others are the model's side or the way to it. */
export type ModelFailure =
  | "none" // no model is set or found
  | "unreachable"
  | "blocked" // by the egress gate
  | "denied" // 401, 403: the key
  | "missing" // 404: no such model there
  | "overloaded" // 429, 503
  | "failed" // other 5xx, or an error in the stream
  | "rejected" // other 4xx
  | "too-long" // the prompt doesn't fit
  | "stalled" // nothing came for too long
  | "slow" // the whole call took too long
  | "cut" // the stream ended before its end mark
  | "malformed" // not the protocol
  | "budget"; // the turn's calls are spent

/** Always `unavailable`; the runtime goes on in extractive mode and names the reason. */
export class ModelError extends SunbaeError {
  readonly reason: ModelFailure;

  constructor(reason: ModelFailure, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super("unavailable", message, options);
    this.name = "ModelError";
    this.reason = reason;
  }
}

/** Whatever a client library or LangChain made of it: the ModelError or SunbaeError among its causes, else `failed`. */
export function toModelError(thrown: unknown): SunbaeError {
  for (let cause: unknown = thrown, depth = 0; cause != null && depth < 8; depth++) {
    if (cause instanceof SunbaeError) return cause;
    cause = (cause as { cause?: unknown }).cause;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ModelError("failed", `The model's answer could not be used: ${message}`, { cause: thrown });
}

/** Worth a second try on the same model; a stall has cost its time already. */
export function isWorthRetrying(thrown: unknown): boolean {
  const error = toModelError(thrown);
  return (
    error instanceof ModelError && ["unreachable", "overloaded", "failed", "cut", "malformed"].includes(error.reason)
  );
}

export function failureOfStatus(status: number, body: string): ModelFailure {
  if (status === 401 || status === 403) return "denied";
  if (/context[ _]length|context window|maximum context|too many tokens/i.test(body)) return "too-long";
  if (status === 404) return "missing";
  if (status === 429 || status === 503) return "overloaded";
  return status >= 500 ? "failed" : "rejected";
}

const descriptions: Record<ModelFailure, Record<Language, string>> = {
  none: { ko: "연결된 모델이 없습니다", en: "no model is connected" },
  unreachable: { ko: "모델에 연결할 수 없습니다", en: "the model can't be reached" },
  blocked: { ko: "외부 전송 설정이 모델 호출을 막았습니다", en: "the egress setting blocks the model" },
  denied: { ko: "모델이 키를 거부했습니다", en: "the model refused the key" },
  missing: { ko: "그 이름의 모델이 없습니다", en: "there is no model of that name" },
  overloaded: { ko: "모델이 바쁩니다", en: "the model is overloaded" },
  failed: { ko: "모델에서 오류가 났습니다", en: "the model failed" },
  rejected: { ko: "모델이 요청을 거절했습니다", en: "the model rejected the request" },
  "too-long": { ko: "질문과 근거가 모델에 비해 너무 깁니다", en: "question and evidence are too long for the model" },
  stalled: { ko: "모델의 응답이 멈췄습니다", en: "the model stopped responding" },
  slow: { ko: "모델이 제시간에 끝내지 못했습니다", en: "the model took too long" },
  cut: { ko: "모델의 답변이 도중에 끊겼습니다", en: "the model was cut off in mid-answer" },
  malformed: { ko: "모델의 응답을 읽을 수 없습니다", en: "the model's response could not be read" },
  budget: { ko: "이 질문에 쓸 모델 호출을 다 썼습니다", en: "the turn's model calls are spent" },
};

/** The reason as the asker reads it in `mode-changed`. */
export function describeFailure(reason: ModelFailure, language: Language): string {
  return descriptions[reason][language];
}
