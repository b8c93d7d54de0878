/** One step of the start as a person may read it; with numbers where it can be counted. */
export type StartStep = { text: string; done?: number; total?: number };
export type TellStep = (step: StartStep) => void;
