import { z } from "zod";
import { tagShape } from "../../sensors/tag-settings.ts";
import { checkUniqueTags, collectorShape } from "../collector-settings.ts";

// Registers of old machines, asked again and again over Modbus TCP. Addresses count from 0, as on the wire: 40001 of a
// manual is holding register 0.

const address = z.number().int().min(0).max(65_535);
const plainTypes = ["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"] as const;

const register = z
  .strictObject({
    ...tagShape,
    table: z.enum(["holding", "input", "coil", "discrete"]).default("holding"),
    address,
    type: z.enum(plainTypes).default("uint16"),
    /** Which register of several comes first; within one, the high byte does. */
    words: z.enum(["big", "little"]).default("big"),
    bytes: z.enum(["big", "little"]).default("big"),
    /** One bit of a register, from the lowest, 0. */
    bit: z.number().int().min(0).max(15).optional(),
    /** Number of the unit behind a gateway; that of the collector where absent. */
    unit_id: z.number().int().min(0).max(255).optional(),
    /** A stored number that means "no value", before scaling: 32767 of a broken sensor. */
    no_value: z.array(z.number()).optional(),
  })
  .superRefine((one, context) => {
    const fault = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    if (one.bit !== undefined && one.type !== "uint16") fault("bit", "is of one register: leave `type` out");
    if (one.bit !== undefined && /coil|discrete/.test(one.table)) fault("bit", "is of a register; a coil is one bit");
    if (one.address + registersOf(one.type) > 65_536) fault("address", "is beyond the last register, 65535");
    if (one.address >= 40_001 && one.address <= 49_999 && one.table === "holding")
      fault("address", `counts from 0: what a manual calls ${one.address} is ${one.address - 40_001}`);
    if (one.address >= 30_001 && one.address <= 39_999 && one.table === "input")
      fault("address", `counts from 0: what a manual calls ${one.address} is ${one.address - 30_001}`);
  });

export const modbusCollectorSettings = z
  .strictObject({
    ...collectorShape,
    kind: z.literal("modbus"),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535).default(502),
    unit_id: z.number().int().min(0).max(255).default(1),
    poll_ms: z.number().int().min(50).max(3_600_000).default(1_000),
    /** Registers asked for at once, where they lie near each other; the protocol allows 125. */
    most_registers: z.number().int().min(1).max(125).default(100),
    /** Gaps of so many registers are read along. 0 for machines that refuse addresses they don't have. */
    read_over: z.number().int().min(0).max(124).default(0),
    tags: z.array(register).min(1),
  })
  .superRefine((settings, context) => checkUniqueTags(settings.tags, context));

export type ModbusRegister = z.infer<typeof register>;
export type ModbusCollectorSettings = z.infer<typeof modbusCollectorSettings>;

/** How many registers of 16 bits a value takes. */
export function registersOf(type: (typeof plainTypes)[number]): number {
  return Number(/\d+$/.exec(type)?.[0]) / 16;
}
