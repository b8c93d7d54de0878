import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";

// Metadata: what a document says of itself in front matter, or what stands beside it: in a sidecar file, in its
// folder's, or set by a person. All have the same fields.

const names = z.union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])]);
const day = z.union([z.date().transform((date) => date.toISOString().slice(0, 10)), z.iso.date()]);
const mark = z.union([z.string(), z.number()]).transform(String);

export const documentKinds = ["manual", "procedure", "safety", "card", "reference"] as const;

const fields = {
  models: names.optional(),
  equipment: names.optional(),
  revision: mark.optional(),
  date: day.optional(),
  approved: z.boolean().optional(),
  translation_of: z.string().optional(),
  /** Editions that this one replaces: ids, paths, file names or titles. */
  supersedes: names.optional(),
  /** Roles that may see it. */
  audience: names.optional(),
};

// Unknown fields are kept for whoever reads them (cards); a wrong value of a known one is the file's fault.
const frontMatter = z.looseObject({
  ...fields,
  title: z.unknown().optional(),
  kind: z.enum(documentKinds).optional().catch(undefined),
  language: z.enum(["ko", "en"]).optional().catch(undefined),
});

/** A person wrote it for Sunbae: what is unknown there is a slip. */
const beside = z.strictObject({
  ...fields,
  title: z.string().optional(),
  kind: z.enum(documentKinds).optional(),
  language: z.enum(["ko", "en"]).optional(),
});

export type FrontMatter = z.output<typeof frontMatter>;
export type Metadata = z.output<typeof beside>;

/** Throws `invalid_input` naming the field. */
export function readFrontMatter(attributes: Record<string, unknown>): FrontMatter {
  const parsed = frontMatter.safeParse(attributes);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new SunbaeError("invalid_input", `The front matter's "${issue.path.join(".")}" is wrong: ${issue.message}.`);
}

/** What is right of it, and a sentence for each field that isn't. */
export function readMetadata(given: Record<string, unknown>): { metadata: Metadata; wrong: string[] } {
  const wrong: string[] = [];
  const rest = { ...given };
  for (;;) {
    const parsed = beside.safeParse(rest);
    if (parsed.success) return { metadata: parsed.data, wrong };
    const issue = parsed.error.issues[0]!;
    const unknown = issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])];
    for (const field of unknown) {
      wrong.push(
        issue.code === "unrecognized_keys"
          ? `"${field}" is no field; there are ${Object.keys(beside.shape).join(", ")}`
          : `"${field}" is wrong: ${issue.message}`,
      );
      delete rest[field];
    }
  }
}
