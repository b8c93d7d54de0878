import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { machineStates, tellsState } from "../condition/machine-states.ts";
import { runningBy } from "../condition/standstills.ts";
import { lookTogether, type Together } from "../condition/together.ts";
import type { ToolContext } from "../tool.ts";
import { compareTag, loadTag, type TagComparison } from "./compare-tag.ts";

const dayMs = 86_400_000;

/**
 * Sensors of one machine against their own normal running, in the state that the machine is mostly in. `all`: the
 * machine's sensors, among which one may tell that state.
 */
export async function compareTags(
  machine: Equipment,
  { tags, all }: { tags: Tag[]; all: Tag[] },
  recent: { from: Date; to: Date },
  context: ToolContext,
): Promise<{ compared: TagComparison[]; together: Together | null }> {
  const { sensors } = context;
  const read = [...tags, ...all.filter((tag) => tellsState(tag) && !tags.includes(tag))];
  const ids = read.map((tag) => tag.id);
  const [coverage, latest] = await Promise.all([sensors.coverage(ids), sensors.latest(ids)]);
  const loaded = await Promise.all(
    read.map((tag) =>
      loadTag(
        sensors,
        tag,
        recent,
        coverage.find((one) => one.tagId === tag.id),
      ),
    ),
  );
  const span = { from: new Date(recent.from.getTime() - 30 * dayMs), to: recent.to };
  const states = machineStates(loaded, await runningBy(machine.id, span, context));
  const asked = loaded.filter(({ tag }) => tags.includes(tag));
  const compared = asked.map((one) =>
    compareTag(
      one,
      states,
      latest.find(({ tagId }) => tagId === one.tag.id),
    ),
  );
  return { compared, together: lookTogether(asked, states) };
}
