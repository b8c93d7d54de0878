import { interviewer } from "./interviewer.ts";
import { maintenance } from "./maintenance.ts";
import { planner } from "./planner.ts";
import { quality } from "./quality.ts";

/** Who works here. */
export const agents = { planner, maintenance, quality, interviewer };
