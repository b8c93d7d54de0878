import type { Folders } from "./folders.ts";
import type { Measurement } from "./measurement.ts";

/** What every measurement gets. */
export type BenchRun = {
  /** For CI: less of everything, so that all is done in two minutes. */
  short: boolean;
  folders: Folders;
  /** Tells on stderr how far it is. */
  say: (text: string) => void;
};

export type Bench = (run: BenchRun) => Promise<Measurement[]>;
