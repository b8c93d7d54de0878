import { Socket } from "node:net";
import { Client, Pool, type ClientConfig, type PoolClient, type PoolConfig } from "pg";
import type { DatabaseLogger } from "./database.ts";
import { translateQueryError } from "./database-error.ts";

/**
 * The same session on both engines, whatever the server's own settings or its role's are: pg reads times in ISO only, a
 * vector search wants 200 rows, and a filtered one goes on until it has them (pgvector 0.8; 0.7 does not know the last).
 */
const sessionSettings = Object.entries({
  timezone: "'UTC'",
  datestyle: "'ISO, MDY'",
  extra_float_digits: "1",
  default_transaction_isolation: "'read committed'",
  "hnsw.ef_search": "200",
  "hnsw.iterative_scan": "relaxed_order",
})
  .map(([name, value]) => `SET ${name} = ${value}`)
  .join("; ");

type Callback = (error: unknown, ...results: unknown[]) => void;
type Loose = (...args: unknown[]) => unknown;

/** Wraps a pg method that answers by callback or promise so that lost connections become `unavailable`. */
function translating(method: Loose): Loose {
  return (...args) => {
    const last = args.at(-1);
    if (typeof last === "function") {
      const callback: Callback = (error, ...results) =>
        (last as Callback)(error && translateQueryError(error), ...results);
      return method(...args.slice(0, -1), callback);
    }
    const answer = method(...args);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((thrown: unknown) => {
      throw translateQueryError(thrown);
    });
  };
}

/** A connection that failed while checked out is given back at once: Drizzle forgets it where BEGIN itself fails. */
function releaseWhenEnded(client: PoolClient): void {
  client.once("end", () => {
    const release = client.release as ((destroy: boolean) => void) | undefined;
    client.release = () => {};
    try {
      release?.(true);
    } catch {
      // It was idle: the pool has dropped it already.
    }
  });
}

/** A socket that connects to `path` whatever host it is told: a Unix socket, or a named pipe on Windows. */
export function socketTo(path: string): () => Socket {
  return () => {
    const socket = new Socket();
    const connect = socket.connect.bind(socket);
    socket.connect = ((..._ignored: unknown[]) => connect({ path })) as typeof socket.connect;
    return socket;
  };
}

async function connectAfter(wait: () => Promise<void>, connect: Loose, callback: Callback): Promise<void> {
  try {
    await wait();
  } catch (error) {
    callback(error);
    return;
  }
  connect(callback);
}

/** A pool whose errors never crash the process; `beforeConnect` may delay a connection or refuse it. */
export function createPool(
  config: PoolConfig,
  options: { logger: DatabaseLogger; beforeConnect?: () => Promise<void> },
): Pool {
  const { logger, beforeConnect } = options;
  function TranslatingClient(clientConfig: ClientConfig): Client {
    const client = new Client(clientConfig);
    const connect = client.connect.bind(client) as Loose;
    client.query = translating(client.query.bind(client) as Loose) as typeof client.query;
    client.connect = translating((callback) => {
      if (!beforeConnect) return connect(callback);
      return connectAfter(beforeConnect, connect, callback as Callback);
    }) as typeof client.connect;
    return client;
  }
  const pool = new Pool({
    application_name: "sunbae",
    ...config,
    Client: TranslatingClient as unknown as new () => Client,
    onConnect: (client) => client.query(sessionSettings) as never,
  } as PoolConfig);
  // The pool hears of a lost connection before the client's query does.
  pool.query = translating(pool.query.bind(pool) as Loose) as typeof pool.query;
  pool.connect = translating(pool.connect.bind(pool) as Loose) as typeof pool.connect;
  pool.on("connect", (client) => {
    client.on("error", (error) => logger.debug({ error: error.message }, "a database connection failed"));
    releaseWhenEnded(client);
  });
  pool.on("error", (error) => logger.debug({ error: error.message }, "an idle database connection failed"));
  return pool;
}
