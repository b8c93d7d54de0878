import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Ctx, Role } from "../../src/core/context.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { openTestDatabase } from "../support/database.ts";

export function contextOf(roles: Role[] = ["technician"]): Ctx {
  return {
    actor: { id: "P-04", name: "최동현", roles, door: "test" },
    timeZone: "Asia/Seoul",
    now: () => new Date("2026-11-21T02:40:00+09:00"),
  };
}

export async function openKnowledge(): Promise<Knowledge> {
  return { database: await openTestDatabase(), embedder: createBuiltinEmbedder() };
}

export type Folder = {
  path: string;
  write: (name: string, content: string | Uint8Array) => string;
  remove: () => void;
};

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "sunbae-knowledge-"));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export const manual = `---
title: KX-9 press manual
kind: manual
language: en
models: [KX-9]
revision: "B"
date: 2025-04-01
approved: true
---
# KX-9 press manual

## Operating limits

| Item | Unit | Normal | Warning | Alarm |
|---|---|---|---|---|
| Oil temperature | °C | 30 to 55 | 60 | 70 |

## Alarms

| Alarm | Meaning | Cause | Remedy | Severity |
|---|---|---|---|---|
| KX-05 | Oil temperature high | cooler fouled; pump worn | 1) Clean the cooler 2) Measure the pump | major |
| KX-07 | Filter clogged | dirt | 1) Replace filter KX-FL-0042 | minor |

### KX-05 Oil temperature high

Feel the hose behind the cooler: it must be cooler than the tank.

## Lockout/tagout

> **WARNING** Pressure stays in the accumulator after stopping.

1. Stop the pump.
2. Turn the main switch off and lock it.
3. Open the drain valve until the gauge reads 0 bar.

## Replacing the filter

1. Lock and tag the press.
2. Unscrew the bowl.
3. Fit filter KX-FL-0042 and tighten to 30 Nm.
`;
