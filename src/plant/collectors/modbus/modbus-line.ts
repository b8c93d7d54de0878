import { SunbaeError } from "../../../core/errors.ts";
import type { CollectorDeps } from "../../source.ts";
import type { ModbusCollectorSettings } from "./modbus-settings.ts";
import type { ModbusRead } from "./plan-reads.ts";

/** A refusal by the machine itself: the line is good, this address is not. */
export type Refused = { refused: string };

export type ModbusLine = {
  /** Raw registers, or coils as 0 and 1. Rejects where the line is broken. */
  read(read: ModbusRead): Promise<number[] | Refused>;
  close(): Promise<void>;
};

/** The four functions that read (1–4); no other is ever asked for. */
export async function openModbusLine(
  settings: ModbusCollectorSettings,
  deps: Pick<CollectorDeps, "mayReach">,
): Promise<ModbusLine> {
  const { host, port } = settings;
  deps.mayReach(host);
  const { default: library } = await import("modbus-serial");
  const client = new library.default();
  client.setTimeout(settings.timeout_ms);
  client.on("error", () => {});
  const close = () => new Promise<void>((resolve) => (client.isOpen ? client.close(() => resolve()) : resolve()));
  try {
    await client.connectTCP(host, { port, timeout: settings.timeout_ms });
  } catch (thrown) {
    client.destroy(() => {});
    throw new SunbaeError("unavailable", `Nothing answers Modbus at ${host}:${port} (${messageOf(thrown)}).`, {
      fix: "Look at the machine's power, its network, host and port.",
      cause: thrown,
    });
  }

  async function ask({ unitId, table, address, length }: ModbusRead): Promise<number[]> {
    client.setID(unitId);
    if (table === "holding") return (await client.readHoldingRegisters(address, length)).data;
    if (table === "input") return (await client.readInputRegisters(address, length)).data;
    const coil = table === "coil";
    const { data } = await (coil ? client.readCoils(address, length) : client.readDiscreteInputs(address, length));
    // What comes is whole bytes of eight.
    return data.slice(0, length).map(Number);
  }

  return {
    async read(read) {
      try {
        return await ask(read);
      } catch (thrown) {
        const { modbusCode } = thrown as { modbusCode?: number };
        if (modbusCode !== undefined) return { refused: messageOf(thrown).replace(/^Modbus exception \d+: /, "") };
        // The library throws plain objects where the line broke.
        throw new SunbaeError("unavailable", `${host}:${port} does not answer (${messageOf(thrown)}).`, {
          fix: "Look at the machine's power and network.",
          cause: thrown,
        });
      }
    },
    close,
  };
}

export const messageOf = (thrown: unknown): string => {
  const { message, errno } = thrown as { message?: string; errno?: string };
  return message || String(errno ?? thrown);
};
