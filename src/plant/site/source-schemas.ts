import { z } from "zod";
import { machineList, sourceName, timeZoneName } from "./source-shape.ts";

// The kinds of sources that a site file may declare: each adapter's own schema, chosen by `kind`.

// TODO(issue 4): stand-ins, until the adapters' own schemas are in the tree.
const standIn = <Kind extends string>(kind: Kind) =>
  z.looseObject({
    name: sourceName,
    kind: z.literal(kind),
    machines: machineList.optional(),
    time_zone: timeZoneName.optional(),
    timeout_ms: z.number().int().min(100).max(120_000).default(5_000),
  });

export const sensorStoreSettings = z.discriminatedUnion("kind", [standIn("influxdb"), standIn("postgres")]);
export const mesStoreSettings = z.discriminatedUnion("kind", [standIn("postgres"), standIn("rest")]);
export const collectorSettings = z.discriminatedUnion("kind", [standIn("mqtt"), standIn("opcua")]);

export type SensorStoreSettings = z.output<typeof sensorStoreSettings>;
export type MesStoreSettings = z.output<typeof mesStoreSettings>;
export type CollectorSettings = z.output<typeof collectorSettings>;
