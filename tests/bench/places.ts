import { join } from "node:path";

export const repository: string = join(import.meta.dirname, "../..");
/** Public data beside the repository; it may be absent. */
export const sharedData: string = join(repository, "../shared/data");
export const sharedManuals: string = join(sharedData, "manuals");
