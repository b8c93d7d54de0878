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
