import type { RecordSetName } from "../records.ts";
import type { PlantWriter } from "../plant-writer.ts";

/** The source that every row of the sample plant carries. */
export const sampleSource = "sample";

/** Removes the sample plant whole; returns the number of rows per record set. */
export function removeSamplePlant(writer: PlantWriter): Promise<Partial<Record<RecordSetName | "readings", number>>> {
  return writer.removeSource(sampleSource);
}
