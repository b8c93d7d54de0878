import { toSunbaeError } from "../../core/errors.ts";
import type { SensorStore } from "../sensor-store.ts";
import type { SourceView } from "../source.ts";

/** Tags of which a probe asks the newest reading: a look, not an audit. */
const tagsLookedAt = 200;

type Place = Pick<SourceView, "name" | "kind" | "place">;
type Seen = Pick<SourceView, "tags" | "rows" | "newest" | "clockDifferenceMs" | "notes">;

/** The view that `look` makes, or what stood in its way; never rejects. */
export async function viewSource(place: Place, look: () => Promise<Seen>): Promise<SourceView> {
  const began = performance.now();
  const nothing = { tags: null, rows: [], newest: null, clockDifferenceMs: null, notes: [] };
  try {
    const seen = await look();
    return { ...place, ok: true, problem: null, fix: null, ...seen, ms: Math.round(performance.now() - began) };
  } catch (thrown) {
    const { message, fix = null } = toSunbaeError(thrown);
    return { ...place, ok: false, problem: message, fix, ...nothing, ms: Math.round(performance.now() - began) };
  }
}

/** What the store says of its tags, their newest reading, and what is odd about them. */
export async function lookAtTags(store: SensorStore, now: Date) {
  const tags = await store.tags();
  const looked = tags.slice(0, tagsLookedAt).map((tag) => tag.id);
  const latest = await store.latest(looked);
  const filled = new Set(latest.map((one) => one.tagId));
  const empty = looked.filter((id) => !filled.has(id));
  const ahead = latest.filter((one) => one.at.getTime() > now.getTime() + 60_000);
  const notes: string[] = [];
  if (tags.length > looked.length) notes.push(`looked at ${looked.length} of ${tags.length} tags`);
  if (empty.length > 0) notes.push(`${empty.length} tags without readings: ${examples(empty)}`);
  if (ahead.length > 0)
    notes.push(`${ahead.length} tags with readings in the future: ${examples(ahead.map((one) => one.tagId))}`);
  const bad = latest.filter((one) => one.quality !== "good").map((one) => one.tagId);
  if (bad.length > 0) notes.push(`${bad.length} tags whose newest reading is not good: ${examples(bad)}`);
  const newest = latest.reduce<Date | null>((last, { at }) => (last === null || at > last ? at : last), null);
  return { tags: tags.length, newest, notes };
}

const examples = (ids: string[]) => `${ids.slice(0, 3).join(", ")}${ids.length > 3 ? " …" : ""}`;
