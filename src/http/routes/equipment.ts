import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { idParameter, instant, plainText } from "../schema.ts";
import { equipment, equipmentDetail, series } from "../schemas/plant.ts";
import type { Backend } from "../backend.ts";

const dayMs = 86_400_000;
const readingsQuery = z.object({
  tags: plainText(4_000).optional().describe("Ids separated by commas; all of the machine's unless told"),
  from: instant.optional(),
  to: instant.optional(),
  points: z.coerce.number().int().min(1).max(2_000).default(300),
});

export function addEquipmentRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/equipment",
      summary: "All equipment, hierarchy included",
      answer: z.object({ equipment: z.array(equipment) }),
    },
    async () => ({ equipment: (await backend().directory.load()).all }),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/equipment/{id}",
      summary: "One machine, line or area with its sensors and their newest readings",
      params: idParameter,
      answer: equipmentDetail,
    },
    async ({ params }) => {
      const { sensors } = backend();
      const found = await find(backend(), params.id);
      const tags = await sensors.tags(found.equipment.id);
      const latest = new Map((await sensors.latest(tags.map((tag) => tag.id))).map((one) => [one.tagId, one]));
      const withLatest = tags.map((tag) => {
        const reading = latest.get(tag.id);
        if (!reading) return { ...tag, latest: null };
        return { ...tag, latest: { at: reading.at.toISOString(), value: reading.value, quality: reading.quality } };
      });
      return { ...found, tags: withLatest };
    },
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/equipment/{id}/readings",
      summary: "Readings of a machine's sensors, downsampled; the newest day unless told",
      params: idParameter,
      query: readingsQuery,
      answer: z.object({ from: z.string(), to: z.string(), series: z.array(series) }),
    },
    async ({ params, query }) => {
      const { sensors } = backend();
      const found = await find(backend(), params.id);
      const tags = choose(await sensors.tags(found.equipment.id), query.tags, found.equipment.id);
      const to = query.to ? new Date(query.to) : await newest(backend(), tags);
      const from = query.from ? new Date(query.from) : new Date(to.getTime() - dayMs);
      const all = await Promise.all(
        tags.map(async (tag) => {
          const window = await sensors.window({ tagId: tag.id, from, to, maxPoints: query.points });
          return { tag, points: window.map((point) => ({ ...point, at: point.at.toISOString() })) };
        }),
      );
      return { from: from.toISOString(), to: to.toISOString(), series: all };
    },
  );
}

async function find({ directory }: Backend, id: string) {
  const known = await directory.load();
  const equipment = known.byId.get(id);
  if (!equipment) throw new SunbaeError("not_found", `There is no equipment "${id}".`);
  return { equipment, units: known.unitsOf(id) };
}

function choose(tags: Tag[], wanted: string | undefined, equipmentId: string): Tag[] {
  if (wanted === undefined) return tags;
  return wanted.split(",").map((id) => {
    const tag = tags.find((one) => one.id === id.trim());
    if (tag) return tag;
    const fix = `It has: ${tags.map((one) => one.id).join(", ") || "none"}.`;
    throw new SunbaeError("not_found", `${equipmentId} has no sensor "${id.trim()}".`, { fix });
  });
}

/** Just past the newest reading, so that imported history shows its own last day. */
async function newest({ sensors }: Backend, tags: Tag[]): Promise<Date> {
  const latest = await sensors.latest(tags.map((tag) => tag.id));
  const times = latest.map((reading) => reading.at.getTime());
  return new Date(times.length > 0 ? Math.max(...times) + 1 : Date.now());
}
