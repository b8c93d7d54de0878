import { expect, it } from "vitest";
import { mappingContract, smallMes } from "./mapping-contract.ts";
import { createMariadbDatabase } from "./mariadb-server.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

mappingContract("MariaDB", async () => {
  const database = await createMariadbDatabase("CHARACTER SET euckr");
  for (const statement of smallMes) await database.execute(statement);
  return {
    open: (records) => openForeignMes({ kind: "mysql", url: database.url, records }),
    close: () => database.drop(),
  };
});

it("a column's characters and order are no matter of the question: EUC-KR, Latin-1, one that takes e for é", async () => {
  const database = await createMariadbDatabase();
  await database.execute(
    "CREATE TABLE t (id varchar(10) CHARACTER SET latin1, n varchar(10) CHARACTER SET euckr, m varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci)",
  );
  await database.execute("INSERT INTO t VALUES ('a', '일호기', 'é')");
  const columns = { id: "id", name: "n", name_ko: "m" };
  const source = openForeignMes({ kind: "mariadb", url: database.url, records: { parts: { table: "t", columns } } });
  const found = async (field: string, ...value: string[]) => {
    const where = [{ field, op: "in" as const, value }];
    return (await source.store.list({ records: "parts", where, timeZone: "UTC", limit: 5 })).total;
  };
  expect(
    await Promise.all([found("id", "a"), found("id", "일", "a"), found("name", "일호기"), found("name_ko", "é")]),
  ).toEqual([1, 1, 1, 1]);
  const none = [
    found("id", "A"),
    found("id", "a "),
    found("id", "일호기"),
    found("id", "?"),
    found("name", "😀"),
    found("name_ko", "e"),
  ];
  expect(await Promise.all(none)).toEqual([0, 0, 0, 0, 0, 0]);
  await source.close();
  await database.drop();
});
