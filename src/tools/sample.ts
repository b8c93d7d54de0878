import type { Machines } from "./arguments/equipment.ts";
import type { ToolContext } from "./tool.ts";

/** Whether what is told may be of the sample plant: its machines; without machines, as soon as the plant has some. */
export async function isSample(machines: Machines | null, { directory }: ToolContext): Promise<boolean> {
  return machines?.sample ?? (await directory.load()).all.some((one) => one.sample);
}
