import { cycles } from "./rules/cycles.ts";
import { documentPaths } from "./rules/document-paths.ts";
import { environment } from "./rules/environment.ts";
import { ladder } from "./rules/ladder.ts";
import { machinePaths, registries } from "./rules/machine.ts";
import { names } from "./rules/names.ts";
import { readOnly } from "./rules/read-only.ts";
import { size } from "./rules/size.ts";
import type { Rule } from "./source-file.ts";

export const rules: Record<string, Rule> = {
  ladder,
  cycles,
  size,
  environment,
  names,
  documentPaths,
  machinePaths,
  registries,
  readOnly,
};
