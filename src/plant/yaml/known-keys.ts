import type { z } from "zod";
import type { YamlPath } from "./read-yaml.ts";

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];

/** The keys that a schema knows at a place of a value; of a union those that the value's discriminator selects. */
export function knownKeys(schema: Schema, value: unknown, path: YamlPath): string[] {
  let schemas = objectsIn(schema, value);
  let at = value;
  for (const part of path) {
    const below = isObject(at) ? at[part] : undefined;
    schemas = schemas.flatMap((one) => childrenOf(one, part)).flatMap((one) => objectsIn(one, below));
    at = below;
  }
  const keys = schemas.flatMap((one) => {
    const def = defOf(one);
    return def.type === "object" ? Object.keys(def.shape) : [];
  });
  return [...new Set(keys)];
}

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === "object" && value !== null;
const defOf = (schema: Schema): Def => schema._zod.def as Def; // the union of zod's own definitions

function childrenOf(schema: Schema, part: string | number): Schema[] {
  const def = defOf(schema);
  if (def.type === "object") return def.shape[part] ? [def.shape[part]] : [];
  if (def.type === "array") return [def.element];
  if (def.type === "record") return [def.valueType];
  return [];
}

/** The objects, arrays and records that may stand here, wrappings taken off. */
function objectsIn(schema: Schema, value: unknown): Schema[] {
  const def = defOf(schema);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "nonoptional":
    case "catch":
      return objectsIn(def.innerType, value);
    case "lazy":
      return objectsIn(def.getter(), value);
    case "pipe":
      return [...objectsIn(def.in, value), ...objectsIn(def.out, value)];
    case "union":
      return optionsFor(def.options, (def as { discriminator?: string }).discriminator, value).flatMap((option) =>
        objectsIn(option, value),
      );
    case "object":
    case "array":
    case "record":
      return [schema];
    default:
      return [];
  }
}

function optionsFor(options: readonly Schema[], discriminator: string | undefined, value: unknown): readonly Schema[] {
  if (discriminator === undefined || !isObject(value)) return options;
  return options.filter((option) => option._zod.propValues?.[discriminator]?.has(value[discriminator] as string));
}
