import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import {
  done,
  errorToken,
  loginAck,
  prelogin,
  rowsToken,
  transactionBegun,
  transactionEnded,
  type TdsRows,
} from "./tds-tokens.ts";
import { readRpc, type RpcCall } from "./tds-request.ts";

// A stand-in for SQL Server at the level of the wire, for what a client sends and survives. It runs no SQL: a statement
// is answered by a script.

export type Seen =
  | { what: "login"; readOnlyIntent: boolean; application: string }
  | { what: "begin" | "commit" | "rollback" | "attention" }
  | { what: "batch"; text: string }
  | ({ what: "call" } & RpcCall);
export type Reply = TdsRows | { error: number; message: string } | "silence" | "hang up";

export type TdsStandIn = { port: number; seen: Seen[]; close(): Promise<void> };

const types = { batch: 1, call: 3, attention: 6, transaction: 14, login: 16, prelogin: 18 };

export async function startTdsStandIn(reply: (call: RpcCall) => Reply): Promise<TdsStandIn> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let rest = Buffer.alloc(0);
    let message: Buffer[] = [];
    socket.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 8 && rest.length >= rest.readUInt16BE(2)) {
        const length = rest.readUInt16BE(2);
        message.push(rest.subarray(8, length));
        const [type, last] = [rest.readUInt8(0), (rest.readUInt8(1) & 1) === 1];
        rest = rest.subarray(length);
        if (!last) continue;
        answer(socket, type, Buffer.concat(message));
        message = [];
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  function send(socket: Socket, ...tokens: Buffer[]): void {
    const body = Buffer.concat(tokens);
    for (let at = 0; at < body.length; at += 4_000) {
      const part = body.subarray(at, at + 4_000);
      const header = Buffer.from([4, at + 4_000 >= body.length ? 1 : 0, 0, 0, 0, 0, 1, 0]);
      header.writeUInt16BE(part.length + 8, 2);
      socket.write(Buffer.concat([header, part]));
    }
  }

  function answer(socket: Socket, type: number, payload: Buffer): void {
    if (type === types.prelogin) return send(socket, prelogin());
    if (type === types.login) {
      const [offset, length] = [payload.readUInt16LE(48), payload.readUInt16LE(50)];
      const application = payload.toString("utf16le", offset, offset + 2 * length);
      seen.push({ what: "login", readOnlyIntent: (payload.readUInt8(26) & 0x20) !== 0, application });
      return send(socket, loginAck(), done());
    }
    if (type === types.attention) {
      seen.push({ what: "attention" });
      // One answer to the request that is given up, and one to the attention.
      send(socket, done(0xfd, 2));
      return send(socket, done(0xfd, 0x20));
    }
    if (type === types.transaction) {
      const kind = payload.readUInt16LE(payload.readUInt32LE(0));
      const what = kind === 5 ? "begin" : kind === 7 ? "commit" : "rollback";
      seen.push({ what });
      return send(socket, what === "begin" ? transactionBegun() : transactionEnded(what), done());
    }
    if (type === types.batch) {
      seen.push({ what: "batch", text: payload.toString("utf16le", payload.readUInt32LE(0)) });
      return send(socket, done());
    }
    const call = readRpc(payload);
    seen.push({ what: "call", ...call });
    const replied = reply(call);
    if (replied === "silence") return;
    if (replied === "hang up") return void socket.destroy();
    if ("error" in replied) return send(socket, errorToken(replied.error, replied.message), done(0xfe, 2));
    send(socket, rowsToken(replied), done(0xff), done(0xfe));
  }

  return {
    port: (server.address() as AddressInfo).port,
    seen,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
