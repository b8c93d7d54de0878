import { importsOf } from "../imports.ts";
import { isCode } from "../source-file.ts";
import type { Rule, Violation } from "../source-file.ts";

/** No file reaches itself through imports, types included: each cycle is told once, as the path it takes. */
export const cycles: Rule = (files) => {
  const code = files.filter((file) => isCode(file.path));
  const known = new Set(code.map((file) => file.path));
  const targets = new Map(
    code.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target }) => (target && known.has(target) ? [target] : [])),
    ]),
  );
  const done = new Set<string>();
  const trail: string[] = [];
  const violations: Violation[] = [];

  const visit = (path: string) => {
    if (done.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      const way = [...trail.slice(start), path].join(" → ");
      violations.push({ path, message: `import cycle ${way}: move what they share into a file of its own.` });
      return;
    }
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of known) visit(path);
  return violations;
};
