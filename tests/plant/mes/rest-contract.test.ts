import { catalogue } from "../../../src/plant/mes/catalogue.ts";
import type { RecordSetName } from "../../../src/plant/records.ts";
import { mesStoreContract } from "../../contracts/mes-store.ts";
import { openTestRestMes as open } from "./open-test-rest-mes.ts";
import { startRestServer } from "./rest-server.ts";

const columnsOf = (records: RecordSetName) =>
  Object.fromEntries(catalogue[records].fields.map(({ name }) => [name, { column: `attributes.${name}` }]));

mesStoreContract("REST", async (records) => {
  const server = await startRestServer((url) => {
    const rows = records[url.pathname.slice("/api/".length) as RecordSetName] ?? [];
    const page = Number(url.searchParams.get("page")) * 2;
    return { body: { data: rows.slice(page, page + 2).map((row) => ({ attributes: row })) } };
  });
  const entries = (["equipment", "failure_codes", "work_orders", "events"] as const).map((name) => [
    name,
    {
      path: name,
      rows: "data",
      paging: { by: "page", first: 0, size_parameter: "n", size: 2 },
      columns: columnsOf(name),
    },
  ]);
  const source = open({ url: server.url, records: Object.fromEntries(entries) });
  const close = async () => {
    await source.close();
    await server.close();
  };
  return { store: source.store, close };
});
