import type { Db } from "../db/database.ts";
import { egressLog } from "../db/schema/proposals.ts";
import type { EgressRecord } from "../llm/egress.ts";
import type { Logger } from "../observability/logger.ts";

/** Keeps what left the plant and what was kept from leaving. Until the database is open, records wait for it. */
export function createEgressRecorder(logger: Logger): { record: (one: EgressRecord) => void; open(db: Db): void } {
  let db: Db | null = null;
  const waiting: EgressRecord[] = [];
  const write = (one: EgressRecord) => {
    if (!db) return void waiting.push(one);
    const { at, host, purpose, allowed } = one;
    db.insert(egressLog)
      .values({ at, host, purpose, allowed, bytesOut: 0 })
      .catch((error: unknown) => logger.error({ err: error, host, allowed }, "the egress log could not be written"));
  };
  return {
    record(one) {
      if (!one.allowed) logger.warn({ host: one.host, purpose: one.purpose }, "a request to the outside was blocked");
      write(one);
    },
    open(opened) {
      db = opened;
      for (const one of waiting.splice(0)) write(one);
    },
  };
}
