import { type SunbaeError, toSunbaeError } from "../../core/errors.ts";
import { buildDirectory } from "../../plant/directory/build-directory.ts";
import type { DirectoryCache } from "../../plant/directory/create-directory.ts";
import type { Directory } from "../../plant/directory/directory.ts";
import type { Unseen } from "../../plant/source.ts";
import { draft, type Draft } from "../compose/draft.ts";
import type { Playbook, PlaybookTurn } from "../playbooks/playbook.ts";
import type { Understanding } from "../understand/understanding.ts";
import type { VocabularyItem } from "../understand/vocabulary.ts";
import { forgiveStores, limitStores, withinTime, type Stores } from "./guard-stores.ts";
import type { TurnDeps } from "./turn-deps.ts";

/** The plant as one turn sees it: what can't be reached is empty, and remembered as the turn's failure. */
export type OpenPlant = {
  directory: Directory;
  cache: DirectoryCache;
  vocabulary: VocabularyItem[];
  limited: Stores;
  forgiving: Stores;
  /** Declared sources that couldn't be seen so far. */
  unseen(): Unseen[];
  fail(error: SunbaeError): void;
  /** The first thing that failed. */
  failure(): SunbaeError | null;
};

const patienceMs = 8_000;

export async function openPlant(deps: TurnDeps, signal: AbortSignal | undefined): Promise<OpenPlant> {
  const ms = deps.storeTimeoutMs ?? patienceMs;
  let failure: SunbaeError | null = null;
  const fail = (error: SunbaeError): void => {
    failure ??= error;
    deps.logger?.warn({ err: error }, "a turn goes on without a part of the plant's records");
  };
  const orElse = async <Result>(work: Promise<Result>, what: string, instead: Result): Promise<Result> => {
    try {
      return await withinTime(work, what, ms, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      fail(toSunbaeError(thrown));
      return instead;
    }
  };
  const [directory, vocabulary] = await Promise.all([
    orElse(deps.directory.load(), "The list of equipment", buildDirectory([], deps.translate)),
    orElse(deps.vocabulary.load(), "The MES store", []),
  ]);
  // Now it is known which sources never told their machines.
  const unseen = new Map<string, Unseen>();
  const stores = deps.storesForTurn?.((one) => void unseen.set(one.source, one)) ?? deps;
  const limited = limitStores(stores, { ms, ...(signal && { signal }) });
  return {
    directory,
    vocabulary,
    cache: { load: async () => directory, invalidate: () => deps.directory.invalidate() },
    limited,
    forgiving: forgiveStores(limited, fail),
    unseen: () => [...unseen.values()],
    fail,
    failure: () => failure,
  };
}

/** The rules' draft; what breaks a playbook is told instead of it. */
export async function runPlaybook(
  playbook: Playbook,
  turn: PlaybookTurn,
  fail: (error: SunbaeError) => void,
): Promise<Draft> {
  try {
    return await playbook.run(turn);
  } catch (thrown) {
    turn.tools.context.ctx.signal?.throwIfAborted();
    fail(toSunbaeError(thrown));
    return draft([], true);
  }
}

/** Where the list of equipment isn't whole, nothing is known to be missing from it. */
export function withoutFalseUnknowns(understood: Understanding, plant: OpenPlant): Understanding {
  const isWhole = plant.failure() === null || plant.directory.all.length > 0;
  if (isWhole && plant.unseen().every((one) => one.kind === "collector")) return understood;
  return { ...understood, equipment: { ...understood.equipment, unknown: [] } };
}
