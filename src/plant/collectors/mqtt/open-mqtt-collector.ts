import { createZone } from "../../import/values/zoned-time.ts";
import type { Collector, CollectorDeps } from "../../source.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { createReadingIntake } from "../reading-intake.ts";
import { createTagBook } from "../tag-book.ts";
import { openBrokerSession, type BrokerMessage } from "./broker-session.ts";
import type { MqttCollectorSettings } from "./mqtt-settings.ts";
import { probeMqtt } from "./probe-mqtt.ts";
import { createMessageReader } from "./read-message.ts";
import { createReceiptTimes } from "./receipt-times.ts";

/** Listens to plain messages of an MQTT broker; it subscribes and confirms, and publishes nothing. */
export function openMqttCollector(settings: MqttCollectorSettings, deps: CollectorDeps): Collector {
  const { name } = settings;
  const counts = createCollectorCounts(name, deps.now);
  const timeZone = settings.time_zone ?? deps.timeZone;
  const zone = createZone(timeZone);
  const reader = createMessageReader(settings, zone);
  const receipts = createReceiptTimes(name, deps.memory);
  const book = createTagBook({
    ...{ source: name, timeZone, tags: settings.tags, discover: settings.discover, mostTags: settings.most_tags },
    ...{ writer: deps.writer, memory: deps.memory },
  });
  const intake = createReadingIntake({
    ...{ settings, writer: deps.writer, book, counts, logger: deps.logger },
    beforeWrite: receipts.save,
  });

  function hear(message: BrokerMessage): Promise<void> {
    const { readings, leftOut } = reader.read(message, () => receipts.of(message));
    for (const { reason, example } of leftOut) counts.leaveOut(reason, `${message.topic}: ${example}`);
    return readings.length > 0 ? intake.take(readings) : Promise.resolve();
  }

  const session = openBrokerSession({
    ...{ settings, deps, counts, filters: reader.filters },
    onMessage: hear,
    onWindowFull: intake.flush,
    beforeListening: receipts.recall,
    room: intake.room,
  });

  return {
    name,
    start: session.start,
    status: counts.status,
    // However wrong a sender's clock is, a look tells by how much.
    probe: () => probeMqtt(settings, deps, createMessageReader({ ...settings, clock_tolerance_s: 1e10 }, zone)),
    async close() {
      session.stopListening();
      await intake.close();
      await session.close();
    },
  };
}
