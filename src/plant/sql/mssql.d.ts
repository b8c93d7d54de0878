// What we use of mssql, which comes without types: its pool, a transaction that is always rolled back, and a request.
declare module "mssql" {
  type Column = { name: string; type: unknown };
  type Recordset = Record<string, unknown>[] & { columns: Record<string, Column> };
  type Config = {
    server: string;
    port: number;
    database: string;
    user: string;
    password: string;
    connectionTimeout: number;
    requestTimeout: number;
    pool: { max: number; min: number; idleTimeoutMillis: number; acquireTimeoutMillis: number };
    /** Whether a kept connection is looked at before use: by its socket, or by a query of mssql's own. */
    validateConnection: "socket";
    options: Record<string, unknown>;
  };
  class ConnectionPool {
    constructor(config: Config);
    connect(): Promise<ConnectionPool>;
    close(): Promise<void>;
    on(event: "error", listener: (error: Error) => void): this;
  }
  class Transaction {
    constructor(pool: ConnectionPool);
    begin(isolationLevel: number): Promise<void>;
    rollback(): Promise<void>;
    on(event: "error", listener: (error: Error) => void): this;
  }
  class Request {
    constructor(transaction: Transaction);
    input(name: string, type: unknown, value: unknown): this;
    query(text: string): Promise<{ recordset?: Recordset }>;
    cancel(): void;
  }
  type Library = {
    ConnectionPool: typeof ConnectionPool;
    Transaction: typeof Transaction;
    Request: typeof Request;
    ISOLATION_LEVEL: { READ_COMMITTED: number };
    NVarChar: unknown;
    BigInt: unknown;
    Float: unknown;
    Bit: unknown;
    DateTime: unknown;
    DateTime2: unknown;
    SmallDateTime: unknown;
    Date: unknown;
    Decimal: unknown;
    Numeric: unknown;
  };
  const mssql: Library;
  export type { Library, Recordset, Transaction, ConnectionPool };
  export default mssql;
}
