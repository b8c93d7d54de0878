/** What `doctor` found of one part. */
export type Finding = { name: string; verdict: "ok" | "note" | "broken"; saw: string; fix?: string | undefined };
