import { runVitest, type Outcome } from "./run-vitest.ts";

/** The Modbus collector at a server of modbus-serial in a process of its own. */
export async function testModbus(): Promise<Outcome> {
  return runVitest("modbus.config.ts");
}
