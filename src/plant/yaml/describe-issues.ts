import type { z } from "zod";
import type { ErrorDetail } from "../../core/errors.ts";
import { suggestion } from "../import/mapping/nearest.ts";
import { knownKeys } from "./known-keys.ts";
import type { Yaml, YamlPath } from "./read-yaml.ts";

type Issue = z.core.$ZodIssue;

export type DescribeOptions = {
  yaml: Yaml;
  schema: z.core.$ZodType;
  /** What the whole document is called: "the mapping". */
  whole: string;
  /** What a key that chooses between kinds is for: {records: "records names a record set."}. */
  choices?: Record<string, string>;
};

/** What zod found, each with its line and, where a name is near a known one, with that name. */
export function describeIssues(issues: readonly Issue[], options: DescribeOptions): ErrorDetail[] {
  return issues.flatMap((issue) => describe(issue, options));
}

function describe(issue: Issue, { yaml, schema, whole, choices = {} }: DescribeOptions): ErrorDetail[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  const detail = (at: YamlPath, message: string): ErrorDetail => {
    const line = yaml.lineOf(at);
    return { path: at.join("."), ...(line !== undefined && { line }), message };
  };
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, yaml.value, path);
    return issue.keys.map((key) =>
      detail(
        [...path, key],
        `"${key}" is not known here. ${suggestion(
          key,
          known.filter((one) => one !== key),
        )}`,
      ),
    );
  }
  const name = path.join(".") || whole;
  const given = yaml.valueAt(path);
  if (given === undefined && path.length > 0) {
    const key = String(path.at(-1));
    return [detail(path, `${name} is missing. ${mend(issue, key, choices)}`.trim())];
  }
  const options = optionsOf(issue);
  if (options) {
    const what = choices[String(path.at(-1))] ?? `${name} is "${shown(given)}", which is not known.`;
    return [detail(path, `${what} ${suggestion(shown(given), options)}`)];
  }
  return [detail(path, `${name}: ${messageOf(issue)}`)];
}

function mend(issue: Issue, key: string, choices: Record<string, string>): string {
  const options = optionsOf(issue);
  if (options) return `${choices[key] ?? ""} ${suggestion("", options)}`.trim();
  return issue.code === "invalid_type" ? `It takes a ${issue.expected}.` : issue.message;
}

/** The values among which a text chooses. */
function optionsOf(issue: Issue): string[] | null {
  if (issue.code === "invalid_value" && issue.values.length > 1) return issue.values.map(String);
  if (issue.code === "invalid_union" && "discriminator" in issue && issue.discriminator !== undefined)
    return "options" in issue ? (issue.options ?? []).map(String) : [];
  return null;
}

const shown = (value: unknown): string => (typeof value === "object" ? "" : String(value)).slice(0, 60);

/** The most telling line of a union's issues: the one that got furthest into the value. */
function messageOf(issue: Issue): string {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue.message;
  const branches = issue.errors.flat();
  const deepest = branches.reduce(
    (best, one) => (one.path.length > best.path.length ? one : best),
    branches[0] as Issue,
  );
  const at = deepest.path.length > 0 ? `${deepest.path.join(".")}: ` : "";
  return at + deepest.message;
}
