import { eq } from "drizzle-orm";
import type { Db } from "../db/database.ts";
import { settings } from "../db/schema/proposals.ts";

/** What Sunbae remembers of itself from one start to the next, by a key. */
export async function readKept<Value>(db: Pick<Db, "select">, key: string): Promise<Value | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, key));
  return (row?.value as Value | undefined) ?? null;
}

export async function keep(db: Pick<Db, "insert">, key: string, value: unknown, now: Date): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: now } });
}
