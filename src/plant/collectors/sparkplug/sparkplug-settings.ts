import { z } from "zod";
import { checkUniqueTags, discoveryShape } from "../collector-settings.ts";
import { brokerShape, checkBroker } from "../mqtt/mqtt-settings.ts";

// Sparkplug B on an MQTT broker: edge nodes and their devices say by births what they measure.

const text = z.string().min(1);

export const sparkplugCollectorSettings = z
  .strictObject({
    ...brokerShape,
    ...discoveryShape,
    kind: z.literal("sparkplug"),
    /** Groups to listen to; all where absent. */
    groups: z
      .array(text.regex(/^[^/+#]+$/, "is one level of a topic, without / + #"))
      .min(1)
      .optional(),
    /** The machine, of {group}, {node} and {device}; the edge node itself where a metric belongs to no device. */
    equipment: text.default("{device}"),
    id: text
      .refine((id) => id.includes("{metric}"), "needs {metric}, for example {equipment}.{metric}")
      .default("{equipment}.{metric}"),
  })
  .superRefine((settings, context) => {
    checkBroker(settings, context);
    checkUniqueTags(settings.tags, context);
  });

export type SparkplugCollectorSettings = z.infer<typeof sparkplugCollectorSettings>;
