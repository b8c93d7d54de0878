import type { Intent, Understanding } from "../understand/understanding.ts";
import { alarmPlaybook } from "./alarm.ts";
import { alarmLimitPlaybook } from "./analysis/alarm-limit.ts";
import { alarmReviewPlaybook } from "./analysis/alarm-review.ts";
import { compareLotsPlaybook } from "./analysis/compare-lots.ts";
import { downtimeCausesPlaybook } from "./analysis/downtime-causes.ts";
import { driftPlaybook } from "./analysis/drift.ts";
import { energyPlaybook } from "./analysis/energy.ts";
import { forecastPlaybook } from "./analysis/forecast.ts";
import { genealogyPlaybook } from "./analysis/genealogy.ts";
import { inControlPlaybook } from "./analysis/in-control.ts";
import { oeePlaybook } from "./analysis/oee.ts";
import { reliabilityPlaybook } from "./analysis/reliability.ts";
import { bundlesPlaybook } from "./bundles.ts";
import { eightDPlaybook } from "./eight-d/eight-d.ts";
import { codePlaybook, equipmentPlaybook, unknownEquipmentPlaybook } from "./codes.ts";
import { documentsPlaybook } from "./documents.ts";
import { knowledgePlaybook } from "./knowledge.ts";
import { conditionPlaybook, readingsPlaybook } from "./measurements.ts";
import { lastTimePlaybook } from "./last-time.ts";
import { affectedPlaybook, handoverPlaybook } from "./planning.ts";
import { stockPlaybook } from "./stock.ts";
import { ifInDocuments, orElseDocuments } from "./or-else-documents.ts";
import type { Playbook } from "./playbook.ts";
import { draftHoldPlaybook, draftWorkOrderPlaybook } from "./proposals.ts";
import { recordsPlaybook } from "./records.ts";
import {
  controlPlaybook,
  greetingPlaybook,
  helpPlaybook,
  offTopicPlaybook,
  refusalPlaybook,
  thanksPlaybook,
  wrongDatePlaybook,
} from "./small-talk.ts";
import { reviewPlaybook } from "./review.ts";
import { troublePlaybook } from "./trouble.ts";
import { whoKnowsPlaybook } from "./who-knows.ts";

const playbooks: Record<Intent, Playbook> = {
  greeting: greetingPlaybook,
  thanks: thanksPlaybook,
  help: helpPlaybook,
  "off-topic": offTopicPlaybook,
  "defeat-safety": refusalPlaybook,
  alarm: alarmPlaybook,
  code: codePlaybook,
  trouble: troublePlaybook,
  "how-to": knowledgePlaybook,
  knowledge: knowledgePlaybook,
  document: documentsPlaybook,
  "last-time": lastTimePlaybook,
  "who-knows": whoKnowsPlaybook,
  records: orElseDocuments(recordsPlaybook),
  affected: affectedPlaybook,
  stock: orElseDocuments(stockPlaybook),
  "in-control": inControlPlaybook,
  readings: orElseDocuments(readingsPlaybook),
  condition: conditionPlaybook,
  control: controlPlaybook,
  handover: handoverPlaybook,
  "eight-d": eightDPlaybook,
  bundle: bundlesPlaybook,
  review: reviewPlaybook,
  drift: driftPlaybook,
  forecast: forecastPlaybook,
  reliability: orElseDocuments(reliabilityPlaybook),
  "alarm-limit": alarmLimitPlaybook,
  oee: oeePlaybook,
  "downtime-causes": downtimeCausesPlaybook,
  "alarm-review": alarmReviewPlaybook,
  energy: energyPlaybook,
  genealogy: genealogyPlaybook,
  "compare-lots": compareLotsPlaybook,
  "draft-work-order": draftWorkOrderPlaybook,
  "draft-hold": draftHoldPlaybook,
  equipment: equipmentPlaybook,
};

/** Intents that a model has nothing to add to: numbers, fixed words, refusals, drafts. */
export const rulesAreSure: ReadonlySet<Intent> = new Set([
  "greeting",
  "thanks",
  "help",
  "off-topic",
  "defeat-safety",
  "control",
  "code",
  "draft-work-order",
  "draft-hold",
  "eight-d",
  "bundle",
  "equipment",
  // Figures and a proposal in fixed words: nothing may be added to them.
  "alarm-limit",
  "forecast",
  "genealogy",
]);

const worksWithoutMachine: ReadonlySet<Intent> = new Set([
  "greeting",
  "thanks",
  "help",
  "off-topic",
  "defeat-safety",
  "control",
  "code",
  "equipment",
]);

/** Answers about a period: one that no calendar has is told before anything is computed. */
const datedIntents: ReadonlySet<Intent> = new Set([
  "records",
  "readings",
  "handover",
  "bundle",
  "review",
  "condition",
  "last-time",
  "oee",
  "downtime-causes",
  "alarm-review",
  "energy",
  "reliability",
]);

/** The playbook for what was understood; an unknown or undecided machine is asked about before anything else. */
export function choosePlaybook(understood: Understanding): Playbook {
  const { equipment, intent, machines } = understood;
  const unsure = machines.length === 0 && (equipment.unknown.length > 0 || equipment.ambiguous.length > 0);
  const answersAnyway = intent === "alarm" && understood.codes.some((code) => code.entries.length > 0);
  const onlyAmbiguous =
    equipment.unknown.length === 0 &&
    (intent === "knowledge" || intent === "document" || intent === "how-to" || intent === "stock");
  // "line 2" is settled by where the characteristic is inspected.
  const byNumber = intent === "in-control" && equipment.unknown.every((one) => /line|라인|호기/i.test(one.text));
  if (unsure && !worksWithoutMachine.has(intent) && !answersAnyway && !onlyAmbiguous && !byNumber)
    return ifInDocuments(unknownEquipmentPlaybook);
  if (
    intent !== "defeat-safety" &&
    machines.length > 0 &&
    equipment.unknown.length > 0 &&
    equipment.matches.length === 0
  )
    return ifInDocuments(unknownEquipmentPlaybook);
  const dated = datedIntents.has(intent);
  if (dated && understood.wrongDates.length > 0 && understood.periods.length === 0) return wrongDatePlaybook;
  return playbooks[intent];
}
