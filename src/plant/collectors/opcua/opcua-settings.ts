import { z } from "zod";
import { tagShape } from "../../sensors/tag-settings.ts";
import { checkUniqueTags, collectorShape, discoveryShape } from "../collector-settings.ts";

// Variables of an OPC UA server, followed by subscription.

const text = z.string().min(1);
const nodeId = text.regex(/^(ns=\d+;)?[isgb]=.+$/, 'is written as "ns=2;s=CNC-07.Heat" or "ns=3;i=1001"');

const tag = z.strictObject({
  ...tagShape,
  node: nodeId,
  /** Which element of an array, from 0. */
  index: z.number().int().min(0).optional(),
  /** 0: every change, where the server can. */
  sampling_ms: z.number().int().min(0).max(3_600_000).optional(),
});

/** Every number below a folder becomes a tag. */
const folder = z.strictObject({
  node: nodeId,
  /** The machine; where absent, each folder right below is one, by its name. */
  equipment: text.optional(),
  depth: z.number().int().min(1).max(10).default(4),
  id: text
    .refine((id) => id.includes("{name}"), "needs {name}, for example {equipment}.{name}")
    .default("{equipment}.{name}"),
});

export const opcuaCollectorSettings = z
  .strictObject({
    ...collectorShape,
    most_tags: discoveryShape.most_tags,
    clock_tolerance_s: discoveryShape.clock_tolerance_s,
    kind: z.literal("opcua"),
    url: z.string().regex(/^opc\.tcp:\/\/[^/\s]+/, 'is written as "opc.tcp://10.0.0.5:4840"'),
    security_mode: z.enum(["none", "sign", "sign_and_encrypt"]).default("none"),
    security_policy: z
      .enum(["basic256sha256", "aes128_sha256_rsaoaep", "aes256_sha256_rsapss", "basic256", "basic128rsa15"])
      .default("basic256sha256"),
    /** first: the certificate that the server shows first is trusted from then on. listed: a person must put it there. */
    trust: z.enum(["first", "listed"]).default("listed"),
    user: text.optional(),
    password: z.string().optional(),
    sampling_ms: z.number().int().min(0).max(3_600_000).default(1_000),
    publishing_ms: z.number().int().min(50).max(60_000).default(1_000),
    /** Values that the server keeps of each tag between two messages. */
    queue_size: z.number().int().min(1).max(100_000).default(100),
    /** Which clock counts: the device's that measured, or the server's. */
    timestamps: z.enum(["source", "server"]).default("source"),
    /** What was missed is asked for, from the server's history, so far back. 0: not at all. */
    backfill_hours: z.number().min(0).max(8_760).default(24),
    tags: z.array(tag).default([]),
    browse: z.array(folder).default([]),
  })
  .superRefine((settings, context) => {
    checkUniqueTags(settings.tags, context);
    const fault = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    if (settings.tags.length + settings.browse.length === 0)
      fault("tags", "is empty: list tags, or folders under browse");
    if (settings.user !== undefined && settings.password === undefined) fault("user", "needs a password beside it");
  });

export type OpcuaTag = z.infer<typeof tag>;
export type OpcuaFolder = z.infer<typeof folder>;
export type OpcuaCollectorSettings = z.infer<typeof opcuaCollectorSettings>;
