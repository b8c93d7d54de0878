const stepMark =
  /^\s*(?:[>*_\s-]*)(?:\d{1,2}\s?단계|단계\s?\d{1,2}|step\s+\d{1,2}|순서\s?\d{1,2}|[①-⑳]|\(\d{1,2}\)|\d{1,2}[.)](?=\s))/i;

/** A line that begins a step of a procedure: "1단계", "Step 2", "③", "(4)", "5.". */
export const isStep = (line: string): boolean => stepMark.test(line);

/** Where the steps of a text begin, one a line; empty where it is no procedure. */
export function stepsOf(text: string): { start: number; end: number }[] {
  const steps: { start: number; end: number }[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const last = steps.at(-1);
    if (isStep(line) || !last) steps.push({ start: at, end: at + line.length });
    else last.end = at + line.length;
    at += line.length + 1;
  }
  const marked = steps.filter((step) => isStep(text.slice(step.start, step.end))).length;
  return marked >= 2 && marked >= steps.length - 1 ? steps : [];
}
