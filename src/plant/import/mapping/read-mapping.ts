import { readFile } from "node:fs/promises";
import { SunbaeError } from "../../../core/errors.ts";
import type { ErrorDetail } from "../../../core/errors.ts";
import { describeIssues } from "../../yaml/describe-issues.ts";
import { readYaml, type YamlPath } from "../../yaml/read-yaml.ts";
import { checkMapping } from "./check-mapping.ts";
import { mappingSchema } from "./schema.ts";
import type { MappingDocument } from "./schema.ts";

export type Path = YamlPath;
export type Mapping = MappingDocument & {
  path: string;
  /** The line of the YAML where this part of the mapping is written. */
  lineOf: (path: Path) => number | undefined;
};

/** Reads and checks a mapping whole. Rejects with `invalid_input`; `details` name the line and the fix of each fault. */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new SunbaeError("not_found", `The mapping ${path} can't be read.`, { fix: "Check the path.", cause });
  });
  return parseMapping(text, path);
}

export function parseMapping(text: string, path: string): Mapping {
  const { yaml, faults } = readYaml(text);
  if (faults.length > 0) fail(path, faults);
  const parsed = mappingSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const choices = { records: "records names a record set." };
    fail(path, describeIssues(parsed.error.issues, { yaml, schema: mappingSchema, whole: "the mapping", choices }));
  }
  const details = checkMapping(parsed.data).map((fault) => {
    const line = yaml.lineOf(fault.path);
    return { path: fault.path.join("."), ...(line !== undefined && { line }), message: fault.message };
  });
  if (details.length > 0) fail(path, details);
  return { ...parsed.data, path, lineOf: yaml.lineOf };
}

function fail(path: string, details: ErrorDetail[]): never {
  const first = details[0];
  const where = first?.line === undefined ? "" : ` (line ${first.line}: ${first.message})`;
  const more = details.length > 1 ? ` and ${details.length - 1} more` : "";
  throw new SunbaeError("invalid_input", `The mapping ${path} has a fault${where}${more}.`, {
    fix: "Mend the lines named and import again; nothing was read or written.",
    details: details.slice(0, 50),
  });
}
