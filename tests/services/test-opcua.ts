import { runVitest, type Outcome } from "./run-vitest.ts";

/** The OPC UA collector at node-opcua's server in a process of its own, encrypted, with history. */
export async function testOpcua(): Promise<Outcome> {
  return runVitest("opcua.config.ts");
}
