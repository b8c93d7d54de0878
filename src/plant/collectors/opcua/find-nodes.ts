import type { BrowseResult, ClientSession, ReferenceDescription } from "node-opcua-client";
import type { CollectorCounts } from "../collector-counts.ts";
import type { FoundTag } from "../tag-book.ts";
import type { OpcuaCollectorSettings, OpcuaFolder } from "./opcua-settings.ts";

/** A variable that is followed. */
export type Followed = { nodeId: string; tag: FoundTag; index: number | undefined; samplingMs: number };

type Session = Pick<ClientSession, "browse" | "browseNext">;

/** Numbers of the standard: forward references, objects and variables, all that is told of them. */
const forward = 0;
const objectsAndVariables = 3;
const variable = 2;
const everything = 63;
const mostBrowsed = 20_000;

/** The tags of the site file, then those found in its folders. */
export async function findNodes(
  session: Session,
  settings: OpcuaCollectorSettings,
  counts: Pick<CollectorCounts, "leaveOut" | "note">,
): Promise<Followed[]> {
  const followed: Followed[] = settings.tags.map((one) => ({
    nodeId: one.node,
    tag: { id: one.id, equipment: one.equipment, name: one.name ?? one.id, unit: null },
    index: one.index,
    samplingMs: one.sampling_ms ?? settings.sampling_ms,
  }));
  const nodes = new Set(followed.map(({ nodeId }) => nodeId));
  for (const folder of settings.browse)
    for (const found of await browseFolder(session, folder)) {
      if (nodes.has(found.nodeId)) continue;
      if (followed.length >= settings.most_tags) {
        counts.leaveOut(`more than ${settings.most_tags} tags (raise most_tags)`, found.tag.id);
        continue;
      }
      nodes.add(found.nodeId);
      followed.push({ ...found, index: undefined, samplingMs: settings.sampling_ms });
    }
  return followed;
}

async function browseFolder(session: Session, folder: OpcuaFolder): Promise<{ nodeId: string; tag: FoundTag }[]> {
  const found: { nodeId: string; tag: FoundTag }[] = [];
  const seen = new Set<string>();
  let level: { nodeId: string; path: string[] }[] = [{ nodeId: folder.node, path: [] }];
  for (let depth = 0; depth < folder.depth && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { nodeId, path } of level)
      for (const reference of await childrenOf(session, nodeId)) {
        const child = reference.nodeId.toString();
        if (seen.has(child) || seen.size >= mostBrowsed) continue;
        seen.add(child);
        const below = [...path, reference.browseName.name ?? child];
        if (Number(reference.nodeClass) === variable) {
          const tag = nameTag(folder, below);
          if (tag) found.push({ nodeId: child, tag });
        } else next.push({ nodeId: child, path: below });
      }
    level = next;
  }
  return found;
}

function nameTag(folder: OpcuaFolder, path: string[]): FoundTag | null {
  const equipment = folder.equipment ?? (path.length > 1 ? path[0] : undefined);
  if (equipment === undefined) return null;
  const name = path.slice(folder.equipment === undefined ? 1 : 0).join(".");
  const id = folder.id.replaceAll("{equipment}", equipment).replaceAll("{name}", name);
  return { id, equipment, name, unit: null };
}

async function childrenOf(session: Session, nodeId: string): Promise<ReferenceDescription[]> {
  let result: BrowseResult = await session.browse({
    nodeId,
    browseDirection: forward,
    referenceTypeId: "HierarchicalReferences",
    includeSubtypes: true,
    nodeClassMask: objectsAndVariables,
    resultMask: everything,
  });
  const all = [...(result.references ?? [])];
  while (result.continuationPoint?.length && all.length < mostBrowsed) {
    result = await session.browseNext(result.continuationPoint, false);
    all.push(...(result.references ?? []));
  }
  return all;
}
