import { csvCollectorSettings } from "../../../src/plant/collectors/csv/csv-settings.ts";
import { openCsvCollector } from "../../../src/plant/collectors/csv/open-csv-collector.ts";
import { modbusCollectorSettings } from "../../../src/plant/collectors/modbus/modbus-settings.ts";
import { openModbusCollector } from "../../../src/plant/collectors/modbus/open-modbus-collector.ts";
import { mqttCollectorSettings } from "../../../src/plant/collectors/mqtt/mqtt-settings.ts";
import { openMqttCollector } from "../../../src/plant/collectors/mqtt/open-mqtt-collector.ts";
import { opcuaCollectorSettings } from "../../../src/plant/collectors/opcua/opcua-settings.ts";
import { openOpcuaCollector } from "../../../src/plant/collectors/opcua/open-opcua-collector.ts";
import { openSparkplugCollector } from "../../../src/plant/collectors/sparkplug/open-sparkplug-collector.ts";
import { sparkplugCollectorSettings } from "../../../src/plant/collectors/sparkplug/sparkplug-settings.ts";
import type { Collector, CollectorDeps } from "../../../src/plant/source.ts";

/** A collector by the kind in its settings, as the site file writes them. */
export async function openAnyCollector(settings: { kind: string }, deps: CollectorDeps): Promise<Collector> {
  switch (settings.kind) {
    case "csv":
      return openCsvCollector(csvCollectorSettings.parse(settings), deps);
    case "mqtt":
      return openMqttCollector(mqttCollectorSettings.parse(settings), deps);
    case "modbus":
      return openModbusCollector(modbusCollectorSettings.parse(settings), deps);
    case "opcua":
      return openOpcuaCollector(opcuaCollectorSettings.parse(settings), deps);
    case "sparkplug":
      return openSparkplugCollector(sparkplugCollectorSettings.parse(settings), deps);
    default:
      throw new Error(`There is no collector ${settings.kind}.`);
  }
}
