import { MappingError } from "../../mapping-error.ts";
import type { MesStore } from "../../mes-store.ts";
import type { RecordSetName } from "../../records.ts";

/** The store, whose `MappingError`s say which record set is mapped wrongly; `forget` hears of it. */
export function nameRecords(store: MesStore, forget: (records: RecordSetName) => void): MesStore {
  const naming = async <Answer>(records: RecordSetName, answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (thrown) {
      if (!(thrown instanceof MappingError)) throw thrown;
      forget(records);
      const message = `The mapping of ${records} doesn't fit the database: ${thrown.why}`;
      const fix = `${thrown.fix ?? ""} \`sunbae doctor\` tries every record set.`.trim();
      throw new MappingError(thrown.why, { records, message, fix, cause: thrown });
    }
  };
  return {
    equipment: () => naming("equipment", store.equipment()),
    list: (query) => naming(query.records, store.list(query)),
    aggregate: (query) => naming(query.records, store.aggregate(query)),
    vocabulary: (records, field, limit) => naming(records, store.vocabulary(records, field, limit)),
    coverage: (records, equipmentId) => naming(records, store.coverage(records, equipmentId)),
  };
}
