import { formatTime } from "../../../core/format/format.ts";
import type { Tag } from "../../../plant/sensor-store.ts";
import { line, type Line } from "../../compose/draft.ts";
import type { PlaybookTurn } from "../playbook.ts";

const dayMs = 86_400_000;
const staleMs = 3 * dayMs;

export type Newest = { at: Date; stale: boolean } | null;

/** When the newest reading of these sensors was; stale from three days on. Null where there is none. */
export async function newestReading(turn: PlaybookTurn, tags: Tag[]): Promise<Newest> {
  if (tags.length === 0) return null;
  const { sensors, ctx } = turn.tools.context;
  const coverage = await sensors.coverage(tags.map((tag) => tag.id)).catch(() => []);
  const newest = Math.max(0, ...coverage.map((one) => one.to.getTime()));
  return newest === 0 ? null : { at: new Date(newest), stale: ctx.now().getTime() - newest > staleMs };
}

/** The time up to the newest reading, where that is long ago and no period was asked for. */
export function spanBefore(newest: Newest, days: number): { from?: string; to?: string } {
  if (!newest?.stale) return {};
  const to = new Date(newest.at.getTime() + 60_000);
  return { from: new Date(to.getTime() - days * dayMs).toISOString(), to: to.toISOString() };
}

/** That the data are old, so that an answer is not taken for the state of today. */
export function staleLine(turn: PlaybookTurn, newest: Newest): Line | null {
  if (!newest?.stale) return null;
  const at = formatTime(newest.at, turn.tools.context.ctx.timeZone);
  return line(
    turn.say(
      `가장 최근 측정값이 ${at} 것입니다: 지금 상태가 아니라 그때까지의 기록입니다.`,
      `The newest reading is of ${at}: this tells of the time up to then, not of today.`,
    ),
  );
}
