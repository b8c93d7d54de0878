import { runVitest, type Outcome } from "./run-vitest.ts";

/** Plain MQTT and Sparkplug collectors at a Mosquitto: nothing acknowledged is lost, nothing counted twice. */
export async function testMosquitto(): Promise<Outcome> {
  return runVitest("mosquitto.config.ts");
}
