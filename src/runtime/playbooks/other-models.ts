import type { Evidence } from "../../core/evidence.ts";
import { documentModels } from "../../knowledge/document-models.ts";
import { readModels } from "../understand/read-models.ts";
import { modelsOf, type PlaybookTurn } from "./playbook.ts";

/** Where a machine or model is named: every other model that the plant or its documents know. */
export async function otherModels(turn: PlaybookTurn): Promise<string[]> {
  const own = new Set(modelsOf(turn));
  if (own.size === 0) return [];
  const { ctx, knowledge, directory } = turn.tools.context;
  const [known, { all }] = await Promise.all([documentModels(ctx, knowledge), directory.load()]);
  const models = new Set([...known, ...all.map((one) => one.model).filter((model) => model !== null)]);
  return [...models].filter((model) => !own.has(model));
}

/** A document without a model in its metadata whose title or file names another machine's model. */
export function isOfOthers(one: Evidence, others: string[]): boolean {
  const models = (one.data as { models?: string[] } | undefined)?.models ?? [];
  return models.length === 0 && readModels(`${one.source.label} ${one.source.path ?? ""}`, others).length > 0;
}
