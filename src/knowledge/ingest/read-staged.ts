import { SunbaeError } from "../../core/errors.ts";
import type { FileTask, ReadingJob } from "./file-task.ts";
import type { ReadingRequest, ReadingResult } from "./reading-messages.ts";
import { ThreadDied } from "./reading-thread.ts";
import { dropStagedPages, readStagedPages, stagePages } from "./staged-pages.ts";
import type { StagedPages } from "./staged-pages.ts";

type Request = Omit<ReadingRequest, "staged" | "givenUp">;

/** Pages are staged so often: more is lost by a kill, less costs time. */
const everyMs = 800;
/** A file with more pages that its reader does not survive is given up whole. */
const mostGivenUp = 3;

/**
 * Reads a file in the reading thread. Pages of a long one are staged as they come, and not read again after a kill; a
 * page on which the thread dies is left unread. Rejects with the sentence that is the file's verdict.
 */
export async function readStaged(
  job: ReadingJob,
  task: FileTask,
  request: Request,
  pagesKey: string,
): Promise<ReadingResult> {
  const { thread, knowledge, ctx } = job;
  const { database } = knowledge;
  const staged = await readStagedPages(database, pagesKey);
  const givenUp = new Map<number, string>();
  let waiting: StagedPages = new Map();
  let pages = 0;
  let stagedAt = performance.now();
  let writing: Promise<unknown> = Promise.resolve();

  const stage = async () => {
    const group = waiting;
    waiting = new Map();
    stagedAt = performance.now();
    await stagePages(database.pool, pagesKey, group);
    for (const [number, json] of group) staged.set(number, json);
    if (pages > 0) await job.onPages(task, pages, staged.size + givenUp.size);
  };
  const stageSoon = () => {
    writing = writing.then(stage);
    writing.catch(() => undefined); // told where it is awaited
  };
  const hooks = {
    opened(count: number) {
      pages = count;
      if (staged.size > 0) stageSoon();
    },
    page(number: number, json: string) {
      waiting.set(number, json);
      if (performance.now() - stagedAt > everyMs) stageSoon();
    },
    takeIds: job.takeIds,
    signal: ctx.signal,
  };

  for (;;) {
    try {
      const result = await thread.read({ ...request, staged: [...staged], givenUp: [...givenUp] }, hooks);
      await writing;
      return result;
    } catch (thrown) {
      await writing;
      const page = thrown instanceof ThreadDied && givenUp.size < mostGivenUp ? thrown.page : null;
      const goesOn = page !== null || (ctx.signal?.aborted === true && job.isTakenUpAgain());
      if (goesOn) await stage();
      else await dropStagedPages(database.pool, pagesKey);
      if (page !== null) givenUp.set(page, (thrown as Error).message);
      else if (thrown instanceof ThreadDied) throw new SunbaeError("invalid_input", thrown.message, { cause: thrown });
      else throw thrown;
    }
  }
}
