import { SunbaeError } from "../../../core/errors.ts";
import type { GetJson } from "./get-json.ts";
import { valueAt } from "./json-path.ts";
import type { RestEntry, RestMesSettings } from "./rest-mes-settings.ts";

export type Pages = { rows: unknown[]; pages: number; serverTime: Date | null };

/** The address of an entry; its own query comes first, then that of the page. */
export function addressOf(settings: RestMesSettings, entry: RestEntry): URL {
  const base = new URL(settings.url);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const url = new URL(entry.path === "" ? "" : `./${entry.path.replace(/^\/+/, "")}`, base);
  for (const [name, value] of [...base.searchParams, ...Object.entries(entry.query ?? {})])
    url.searchParams.set(name, value);
  return url;
}

/** Every row of an entry, page by page. Rejects as `GetJson` does, and `too_large` beyond max_rows. */
export async function readPages(settings: RestMesSettings, entry: RestEntry, get: GetJson): Promise<Pages> {
  const deadline = performance.now() + 4 * settings.timeout_ms;
  const seen = new Set<string>();
  const rows: unknown[] = [];
  let serverTime: Date | null = null;
  let url: URL | null = firstPage(addressOf(settings, entry), entry);
  while (url) {
    if (seen.has(url.href))
      throw new SunbaeError("unavailable", `${url.host} names page ${seen.size} as its own next page.`, {
        fix: "Check paging in the mapping.",
      });
    seen.add(url.href);
    const { json, headers } = await get(url, deadline);
    const found = valueAt(json, entry.rows);
    if (!Array.isArray(found))
      throw new SunbaeError(
        "unavailable",
        `The answer of ${url.host}${url.pathname} has no list under "${entry.rows}".`,
        {
          fix: "Write in rows where the list is, such as data.items; leave it out where the answer is the list.",
        },
      );
    // No spread: a page may have more rows than a call takes arguments.
    for (const row of found) rows.push(row);
    const time = Date.parse(headers.get("date") ?? "");
    // HTTP tells the time to the second: half of one is added.
    if (!Number.isNaN(time)) serverTime = new Date(time + 500);
    if (rows.length > settings.max_rows)
      throw new SunbaeError("too_large", `${settings.name}: ${entry.path} has more than ${settings.max_rows} rows.`, {
        fix: "Ask for less by query (the last year, one line), or raise max_rows.",
      });
    url = nextPage(url, entry, found.length, json, headers);
  }
  return { rows, pages: seen.size, serverTime };
}

function firstPage(url: URL, { paging }: RestEntry): URL {
  if (paging?.by === "page" || paging?.by === "offset") {
    url.searchParams.set(paging.parameter, String(paging.by === "page" ? paging.first : 0));
    if (paging.size_parameter) url.searchParams.set(paging.size_parameter, String(paging.size));
  }
  return url;
}

function nextPage(url: URL, { paging }: RestEntry, count: number, json: unknown, headers: Headers): URL | null {
  if (!paging || count === 0) return null;
  const next = new URL(url);
  if (paging.by === "page" || paging.by === "offset") {
    // Without a size of ours the source decides what a full page is: the empty one is the last.
    if (paging.size_parameter !== undefined && count < paging.size) return null;
    const at = Number(url.searchParams.get(paging.parameter));
    next.searchParams.set(paging.parameter, String(at + (paging.by === "page" ? 1 : count)));
    return next;
  }
  if (paging.by === "cursor") {
    const cursor = valueAt(json, paging.next);
    if (cursor === null || cursor === undefined || cursor === "" || cursor === false) return null;
    next.searchParams.set(paging.parameter, String(cursor));
    return next;
  }
  const link = paging.next === undefined ? linkOf(headers.get("link") ?? "") : valueAt(json, paging.next);
  if (typeof link !== "string" || link === "" || !URL.canParse(link, url)) return null;
  const address = new URL(link, url);
  if (address.origin !== url.origin)
    throw new SunbaeError("unavailable", `${url.host} names a next page at ${address.host}.`, {
      fix: "A login is never sent to another place: let the source name its own address.",
    });
  return address;
}

/** RFC 8288: <address>; rel="next". */
function linkOf(header: string): string | null {
  for (const [, address, parameters] of header.matchAll(/<([^>]*)>((?:\s*;[^,]*)*)/g))
    if (/;\s*rel\s*=\s*"?(?:[^";]*\s)?next\b/i.test(parameters ?? "")) return address ?? null;
  return null;
}
