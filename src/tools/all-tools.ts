import { affectedOrders } from "./affected-orders.ts";
import { bundleWorkOrders } from "./bundle-work-orders.ts";
import { checkControlLimits } from "./check-control-limits.ts";
import { compareEditionsTool } from "./compare-editions.ts";
import { compareWithNormalTool } from "./compare-with-normal.ts";
import { compareLots } from "./compare-lots.ts";
import { countWorkOrders } from "./count-work-orders.ts";
import { defectPareto } from "./defect-pareto.ts";
import { draftQualityHold } from "./draft-quality-hold.ts";
import { draftWorkOrder } from "./draft-work-order.ts";
import { energyPerPart } from "./energy-per-part.ts";
import { findDrift } from "./find-drift.ts";
import { findEquipment } from "./find-equipment.ts";
import { findSpareParts } from "./find-spare-parts.ts";
import { forecastLimit } from "./forecast-limit.ts";
import { listAlarms } from "./list-alarms.ts";
import { listDowntime } from "./list-downtime.ts";
import { listInspections } from "./list-inspections.ts";
import { listJobOrders } from "./list-job-orders.ts";
import { listWorkOrders } from "./list-work-orders.ts";
import { lookUpAlarm } from "./look-up-alarm.ts";
import { oeeTool } from "./oee.ts";
import { queryRecords } from "./query-records.ts";
import { readPageTool } from "./read-page.ts";
import { readSensors } from "./read-sensors.ts";
import { reviewAlarmLimit } from "./review-alarm-limit.ts";
import { reviewAlarms } from "./review-alarms.ts";
import { reviewReliability } from "./review-reliability.ts";
import { searchKnowledge } from "./search-knowledge.ts";
import { similarWorkOrders } from "./similar-work-orders.ts";
import { traceLots } from "./trace-lots.ts";
import type { Tool } from "./tool.ts";

/** Every tool there is, in the order a model is shown them. */
export function allTools(): Tool[] {
  return [
    findEquipment,
    lookUpAlarm,
    searchKnowledge,
    readPageTool,
    compareEditionsTool,
    readSensors,
    compareWithNormalTool,
    findDrift,
    forecastLimit,
    reviewReliability,
    reviewAlarmLimit,
    similarWorkOrders,
    findSpareParts,
    listAlarms,
    reviewAlarms,
    listWorkOrders,
    countWorkOrders,
    bundleWorkOrders,
    listDowntime,
    oeeTool,
    energyPerPart,
    listJobOrders,
    affectedOrders,
    listInspections,
    defectPareto,
    checkControlLimits,
    traceLots,
    compareLots,
    queryRecords,
    draftWorkOrder,
    draftQualityHold,
  ];
}
