import { z } from "zod";
import { csvCollectorSettings } from "../collectors/csv/csv-settings.ts";
import { modbusCollectorSettings } from "../collectors/modbus/modbus-settings.ts";
import { mqttCollectorSettings } from "../collectors/mqtt/mqtt-settings.ts";
import { restMesSettings } from "../mes/rest/rest-mes-settings.ts";
import { opcuaCollectorSettings } from "../collectors/opcua/opcua-settings.ts";
import { sparkplugCollectorSettings } from "../collectors/sparkplug/sparkplug-settings.ts";
import { sqlMesSettings } from "../mes/sql/sql-mes-settings.ts";
import { influxSensorSettings } from "../sensors/influx/influx-settings.ts";
import { postgresSensorSettings } from "../sensors/postgres/postgres-settings.ts";

// The kinds of sources that a site file may declare: each adapter's own schema, chosen by `kind`.

export const sensorStoreSettings = z.discriminatedUnion("kind", [influxSensorSettings, postgresSensorSettings]);
export const mesStoreSettings = z.discriminatedUnion("kind", [sqlMesSettings, restMesSettings]);
export const collectorSettings = z.discriminatedUnion("kind", [
  csvCollectorSettings,
  modbusCollectorSettings,
  mqttCollectorSettings,
  opcuaCollectorSettings,
  sparkplugCollectorSettings,
]);

export type SensorStoreSettings = z.output<typeof sensorStoreSettings>;
export type MesStoreSettings = z.output<typeof mesStoreSettings>;
export type CollectorSettings = z.output<typeof collectorSettings>;
