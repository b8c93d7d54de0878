import { openCsvCollector } from "../plant/collectors/csv/open-csv-collector.ts";
import { openModbusCollector } from "../plant/collectors/modbus/open-modbus-collector.ts";
import { openMqttCollector } from "../plant/collectors/mqtt/open-mqtt-collector.ts";
import { openOpcuaCollector } from "../plant/collectors/opcua/open-opcua-collector.ts";
import { openSparkplugCollector } from "../plant/collectors/sparkplug/open-sparkplug-collector.ts";
import type { CollectorSettings } from "../plant/site/source-schemas.ts";
import type { Collector, CollectorDeps } from "../plant/source.ts";

/** The collectors that the site file declares, by their kind; none of them listens before it is started. */
export function openCollectors(settings: CollectorSettings[], deps: CollectorDeps): Collector[] {
  return settings.map((one) => openCollector(one, deps));
}

function openCollector(settings: CollectorSettings, deps: CollectorDeps): Collector {
  switch (settings.kind) {
    case "csv":
      return openCsvCollector(settings, deps);
    case "modbus":
      return openModbusCollector(settings, deps);
    case "mqtt":
      return openMqttCollector(settings, deps);
    case "opcua":
      return openOpcuaCollector(settings, deps);
    case "sparkplug":
      return openSparkplugCollector(settings, deps);
  }
}
