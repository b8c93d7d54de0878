import { createRequire } from "node:module";
import type { IServiceVector, ServerTCP as Server } from "modbus-serial";

// A machine that speaks Modbus TCP, in a process of its own: `node modbus-machine.ts <port>`. Holding registers 0 and 1
// count its answers as one number of 32 bits; unit 2 is its sister behind a gateway; 7 is no address of it. Whoever
// writes to it stops it.

const { ServerTCP } = createRequire(import.meta.url)("modbus-serial") as { ServerTCP: typeof Server };
const port = Number(process.argv[2]);
let answers = 0;

const vector: IServiceVector = {
  getHoldingRegister(address: number, unit: number): number {
    if (address > 5) throw Object.assign(new Error("no such address"), { modbusErrorCode: 2 });
    if (address === 0) answers += 1;
    return [answers >> 16, answers & 0xffff, 0x41ac, 0, 0xfff6, unit][address] ?? 0;
  },
  getInputRegister: (_address: number, _unit: number): number => 1_234,
  getCoil: (address: number, _unit: number): boolean => address === 3,
  getDiscreteInput: (_address: number, _unit: number): boolean => true,
  setRegister: (_address: number, _value: number, _unit: number): void => process.exit(9),
  setCoil: (_address: number, _value: boolean, _unit: number): void => process.exit(9),
};
new ServerTCP(vector, { host: "127.0.0.1", port, unitID: 255 })
  .on("initialized", () => console.log("ready"))
  .on("socketError", () => {});
