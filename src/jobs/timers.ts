import { toSunbaeError } from "../core/errors.ts";
import type { Logger } from "../observability/logger.ts";

export type Timer = { name: string; everyMs: number; run: () => Promise<unknown> };

/** Runs each piece of work again and again, one at a time; what fails is logged and tried at the next turn. */
export function startTimers(timers: Timer[], logger: Logger): { stop(): Promise<void> } {
  const handles: NodeJS.Timeout[] = [];
  const running = new Set<Promise<void>>();
  for (const { name, everyMs, run } of timers) {
    let busy = false;
    const turn = async () => {
      if (busy) return;
      busy = true;
      try {
        await run();
      } catch (thrown) {
        logger.warn({ err: toSunbaeError(thrown), timer: name }, `${name} failed`);
      } finally {
        busy = false;
      }
    };
    const start = () => {
      const one = turn().finally(() => running.delete(one));
      running.add(one);
    };
    handles.push(setInterval(start, everyMs).unref());
  }
  return {
    async stop() {
      for (const handle of handles) clearInterval(handle);
      await Promise.all(running);
    },
  };
}
