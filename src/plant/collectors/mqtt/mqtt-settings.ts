import { z } from "zod";
import { checkUniqueTags, collectorShape, discoveryShape } from "../collector-settings.ts";
import { qualityShape } from "../../sensors/tag-settings.ts";
import { templateFault } from "./topic-template.ts";

// Plain messages on an MQTT broker: a topic says which machine and quantity, the payload is a number or JSON.

const text = z.string().min(1);
const path = z.string();

/** Spread into the settings of everything that listens to a broker. */
export const brokerShape = {
  ...collectorShape,
  url: z.url({ protocol: /^(mqtts?|wss?)$/, error: 'is written as "mqtt://10.0.0.5:1883" or "mqtts://10.0.0.5:8883"' }),
  user: text.optional(),
  password: z.string().optional(),
  /** The broker keeps what we miss under this name: it must stay the same, and no other client may use it. */
  client_id: text.max(200).optional(),
  /** Certificates in PEM files: of the authority that signed the broker's, and our own. */
  ca_file: text.optional(),
  cert_file: text.optional(),
  key_file: text.optional(),
  /** How many messages the broker sends before it waits for an answer (Mosquitto: max_inflight_messages). */
  in_flight: z.number().int().min(1).max(65_535).default(20),
  keepalive_s: z.number().int().min(5).max(3_600).default(30),
};

const rule = z.strictObject({
  /** "plant/{line}/{equipment}/{tag}": {equipment} and {tag} are read, other names may be used in `id`; + and # match. */
  topic: text.superRefine((topic, context) => {
    const fault = templateFault(topic);
    if (fault) context.addIssue({ code: "custom", message: fault });
  }),
  /** The machine, where neither topic nor payload says it. */
  equipment: text.optional(),
  /** The id of a tag, of names in the topic and {equipment}, {tag}. */
  id: text.refine((id) => id.includes("{tag}"), "needs {tag}, for example {equipment}.{tag}").optional(),
  /** Paths in a JSON payload ("data.value"). The usual names are tried where they are left out. */
  value: path.optional(),
  time: path.optional(),
  unit: path.optional(),
  quality: z.strictObject({ field: path, ...qualityShape }).optional(),
  equipment_field: path.optional(),
  tag_field: path.optional(),
  /** Where a list of readings stands in the payload. */
  items: path.optional(),
  /** Where an object of many tags stands, name → value. */
  values: path.optional(),
});

export const mqttCollectorSettings = z
  .strictObject({ ...brokerShape, ...discoveryShape, kind: z.literal("mqtt"), topics: z.array(rule).min(1) })
  .superRefine((settings, context) => {
    checkBroker(settings, context);
    checkUniqueTags(settings.tags, context);
    settings.topics.forEach((one, at) => {
      if (!one.topic.includes("{equipment}") && !one.equipment && !one.equipment_field && !settings.tags.length)
        context.addIssue({
          code: "custom",
          path: ["topics", at, "topic"],
          message: "says no machine: put {equipment} into the topic, or name `equipment` or `equipment_field`",
        });
    });
  });

/** A certificate without its key, or either without TLS, is a mistake. */
export function checkBroker(
  settings: {
    url: string;
    cert_file?: string | undefined;
    key_file?: string | undefined;
    ca_file?: string | undefined;
  },
  context: z.core.$RefinementCtx,
): void {
  const fault = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
  if (settings.cert_file && !settings.key_file) fault("cert_file", "needs key_file beside it");
  if (settings.key_file && !settings.cert_file) fault("key_file", "needs cert_file beside it");
  if (settings.ca_file && !/^(mqtts|wss):/.test(settings.url)) fault("ca_file", "is for mqtts:// or wss:// only");
}

export type MqttRule = z.infer<typeof rule>;
export type MqttCollectorSettings = z.infer<typeof mqttCollectorSettings>;
export type BrokerSettings = Pick<
  MqttCollectorSettings,
  Exclude<keyof typeof brokerShape, "machines" | "time_zone"> | "time_zone"
>;
