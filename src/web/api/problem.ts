import type { Problem } from "./shapes.ts";

/** An answer of the API that says what went wrong and how to mend it. Status 0: no answer at all. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The problem document of a response; a made-up one where a proxy or an older server sent something else. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const text = (name: string): string | undefined => (typeof body?.[name] === "string" ? body[name] : undefined);
  const fix = text("fix");
  return {
    status: response.status,
    code: text("code") ?? `http_${response.status}`,
    title: text("title") ?? response.statusText,
    detail: text("detail") ?? text("title") ?? `HTTP ${response.status}`,
    ...(fix ? { fix } : {}),
  };
}

/** Whatever was thrown as a problem; a failed fetch is "unreachable". */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const unreachable = thrown instanceof TypeError;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { status: 0, code: unreachable ? "unreachable" : "internal", title: message, detail: message };
}
