import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import type { MesStore } from "../../plant/mes-store.ts";
import type { SensorStore } from "../../plant/sensor-store.ts";

// A turn outlives its stores: a verb that hangs ends as `unavailable`, and a store that hung once isn't waited for
// again in the same turn. While a question is being read, a store that fails is one that knows nothing.

export type Stores = { mes: MesStore; sensors: SensorStore };

type Verb = (...input: never[]) => Promise<unknown>;
type Around = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

function around<Store extends object>(store: Store, wrap: Around): Store {
  const verbs = Object.entries(store).map(([name, verb]) => [
    name,
    (...input: never[]) => wrap(name, () => (verb as Verb).apply(store, input)),
  ]);
  return Object.fromEntries(verbs) as Store; // every verb of a port is an asynchronous function
}

/** Resolves like `work`, or rejects with `unavailable` after `ms`, or with the signal's reason. */
export function withinTime<Result>(
  work: Promise<Result>,
  what: string,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = new SunbaeError("unavailable", `${what} did not answer within ${Math.round(ms / 1000)} s.`, {
      fix: "Look at its connection; the answer goes without it.",
    });
    const timer = setTimeout(() => done(() => reject(late)), ms);
    const stop = (): void => done(() => reject(signal?.reason));
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      settle();
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop, { once: true });
    work.then(
      (result) => done(() => resolve(result)),
      (error: unknown) => done(() => reject(error)),
    );
  });
}

/** The stores of one turn, with a limit of time for every call. */
export function limitStores({ mes, sensors }: Stores, options: { ms: number; signal?: AbortSignal }): Stores {
  const limited = <Store extends object>(store: Store, what: string): Store => {
    let hung: SunbaeError | null = null;
    return around(store, async (_name, call) => {
      if (hung) throw hung;
      try {
        return await withinTime(call(), what, options.ms, options.signal);
      } catch (thrown) {
        if (thrown instanceof SunbaeError && thrown.message.includes("did not answer within")) hung = thrown;
        throw thrown;
      }
    });
  };
  return { mes: limited(mes, "The MES store"), sensors: limited(sensors, "The sensor store") };
}

const noRecords: Record<string, unknown> = {
  list: { rows: [], total: 0 },
  aggregate: { groups: [], groupCount: 0, total: 0 },
  coverage: { rows: 0, from: null, to: null },
};

/** Stores that answer with nothing where they fail; `onFailure` hears of it. A cancellation stays one. */
export function forgiveStores({ mes, sensors }: Stores, onFailure: (error: SunbaeError) => void): Stores {
  const forgiving =
    (nothing: Record<string, unknown>): Around =>
    async (name, call) => {
      try {
        return await call();
      } catch (thrown) {
        const error = toSunbaeError(thrown);
        if (error.code === "cancelled") throw error;
        onFailure(error);
        return nothing[name] ?? [];
      }
    };
  return { mes: around(mes, forgiving(noRecords)), sensors: around(sensors, forgiving({})) };
}
