import { SunbaeError } from "../../core/errors.ts";
import type { Condition, RecordSetName } from "../../plant/records.ts";
import { anyOf } from "../arguments/codes.ts";
import { quoted, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

const mostNear = 8;

/** The lots that were meant: by their number however spelt, or by the job order's. Rejects with near ones. */
export async function resolveLots(asked: string[] | string, context: ToolContext): Promise<string[]> {
  const words = (Array.isArray(asked) ? asked : asked.split(/[,;]|\s+and\s+/)).map((one) => one.trim());
  const out: string[] = [];
  for (const word of words.filter((one) => one !== "")) out.push(...(await resolveLot(word, context)));
  return [...new Set(out)];
}

async function resolveLot(word: string, context: ToolContext): Promise<string[]> {
  const { mes, ctx } = context;
  const list = async (records: RecordSetName, where: Condition[], limit = mostNear + 1) =>
    (await mes.list({ records, where, limit, timeZone: ctx.timeZone })).rows;
  const spellings = [
    ...new Set([
      word,
      word.toUpperCase(),
      word.replaceAll(/\s+/g, ""),
      word.replaceAll(/\s+/g, "").toUpperCase(),
      word.toUpperCase().replaceAll(/\s+/g, "-"),
    ]),
  ];
  const [own] = await list("lots", [anyOf("id", spellings)], 1);
  if (own) return [String(own["id"])];
  for (const field of ["parent_lot_id", "child_lot_id"]) {
    const [link] = await list("lot_links", [anyOf(field, spellings)], 1);
    if (link) return [String(link[field])];
  }
  const orders = [
    ...(await list("job_orders", [anyOf("lot_id", spellings)])),
    ...(await list("job_orders", [anyOf("id", spellings)])),
  ];
  const ofOrders = orders.map((row) => row["lot_id"]).filter((one) => typeof one === "string");
  if (ofOrders.length > 0) return [...new Set(ofOrders)];
  const near = (await list("lots", [{ field: "id", op: "contains", value: word }])).map((row) => String(row["id"]));
  const [only] = near;
  if (near.length === 1 && only !== undefined) return [only];
  throw unknownLot(word, near, context);
}

function unknownLot(word: string, near: string[], { language }: ToolContext): SunbaeError {
  const shown = near.slice(0, mostNear).join(", ") + (near.length > mostNear ? " …" : "");
  return new SunbaeError(
    "not_found",
    near.length > 0
      ? say(
          language,
          `${quoted(word, "이", "가")} 들어간 로트가 여러 개입니다: ${shown}.`,
          `Several lots have “${word}” in their number: ${shown}.`,
        )
      : say(language, `“${word}” 로트가 기록에 없습니다.`, `There is no lot “${word}” on record.`),
    {
      fix:
        near.length > 0
          ? say(language, "어느 로트인지 물어보세요.", "Ask which lot is meant.")
          : say(language, "로트 번호를 확인하세요.", "Check the lot number."),
      details: near.slice(0, mostNear).map((id) => ({ path: "lot", message: id })),
    },
  );
}
