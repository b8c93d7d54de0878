import { writeSync } from "node:fs";
import { openDatabase } from "../../../src/db/open-database.ts";
import { createLogger } from "../../../src/observability/logger.ts";
import { createCollectorMemory } from "../../../src/plant/collectors/collector-memory.ts";
import { createEmbeddedPlantWriter } from "../../../src/plant/embedded-plant-writer.ts";
import { openAnyCollector } from "./open-any-collector.ts";

// A process with a collector on a prepared embedded database, to be killed: `node collector-child.ts <dataDir> <settings>`.
// It says its status as a line of JSON five times a second.

const [dataDir = "", settings = "{}"] = process.argv.slice(2);
const logger = createLogger({ level: "silent" });
const database = await openDatabase({ dataDir });
const collector = await openAnyCollector(JSON.parse(settings) as { kind: string }, {
  ...{ logger, now: () => new Date(), timeZone: "Asia/Seoul", mayReach: () => {}, dataDir },
  writer: createEmbeddedPlantWriter(database),
  memory: createCollectorMemory(database),
});
collector.start();
setInterval(() => writeSync(1, `${JSON.stringify(collector.status())}\n`), 200);
process.on(
  "SIGTERM",
  () =>
    void collector
      .close()
      .then(() => database.close())
      .then(() => process.exit(0)),
);
