import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loaders, readOnly, writingCalls } from "./rules/read-only.ts";

const root = join(import.meta.dirname, "../..");
const load = createRequire(import.meta.url);
const check = (path: string, text: string) => readOnly([{ path, text }]).map(({ message }) => message);

describe("the ports have no verb that writes", () => {
  const verbsOf = (file: string, type: string) => {
    const text = readFileSync(join(root, "src/plant", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
    const body = new RegExp(`type ${type} = (?:\\w+ & )?\\{([\\s\\S]*?)\\n\\};`).exec(text)?.[1] ?? "";
    return [...body.matchAll(/^ {2}(\w+)\(/gm)].map((match) => match[1]).toSorted();
  };
  test.each([
    ["mes-store.ts", "MesStore", ["aggregate", "coverage", "equipment", "list", "vocabulary"]],
    ["sensor-store.ts", "SensorStore", ["coverage", "latest", "summarize", "tags", "window"]],
    ["source.ts", "Source", ["close", "probe"]],
    ["source.ts", "Collector", ["start", "status"]],
    ["sql/read-only-session.ts", "ReadOnlySession", ["close", "describe", "query", "serverTime"]],
  ])("%s: %s", (file, type, verbs) => {
    expect(verbsOf(file, type)).toEqual(verbs);
  });
});

describe("every call of a library that could write is known", () => {
  /** Members by their own names, inherited ones of the library included. */
  const membersOf = (type: { prototype: object }): string[] => Object.getOwnPropertyNames(type.prototype);
  const writingWords = /write|publish|call|send|function|condition|update|insert|delete|add(nodes|ref)|commit|bulk/i;

  test("modbus-serial", () => {
    // Function codes 1 to 4, 20 and 43 read; their methods are called write… because they write the request.
    const reading = ["writeFC1", "writeFC2", "writeFC3", "writeFC4", "writeFC20", "writeFC43"];
    const writing = membersOf(load("modbus-serial")).filter(
      (name) => writingWords.test(name) && !reading.includes(name),
    );
    expect(writing.filter((name) => !writingCalls.modbus.includes(name))).toEqual([]);
    expect(writing.length).toBeGreaterThan(10);
  });

  test("mqtt", () => {
    // Acknowledgements and pings are the protocol's own.
    const own = ["sendPing", "_discardIncomingQoS2State", "_releaseIncomingQoS2Publish", "_trackIncomingQoS2Publish"];
    const { MqttClient } = load("mqtt") as { MqttClient: { prototype: object } };
    const writing = membersOf(MqttClient).filter((name) => writingWords.test(name) && !own.includes(name));
    expect(writing.filter((name) => !writingCalls.mqtt.includes(name))).toEqual([]);
    expect(writing).toContain("publish");
  });

  test("node-opcua-client", () => {
    const folder = join(root, "node_modules/node-opcua-client/dist");
    const types = readFileSync(join(folder, "client_session.d.ts"), "utf8");
    const names = new Set([...types.matchAll(/^\s+([a-zA-Z]+)\??[(<]/gm)].map((match) => match[1] ?? ""));
    // These ask for one's own notifications and end them.
    const own = ["publish", "republish", "deleteSubscriptions", "deleteMonitoredItems"];
    const writing = [...names].filter((name) => writingWords.test(name) && !own.includes(name));
    expect(writing.filter((name) => !writingCalls.opcua.includes(name))).toEqual([]);
    expect(writing).toContain("writeSingleNode");
    const requests = Object.keys(load("node-opcua-client") as object).filter((name) =>
      /^(Write|Call|HistoryUpdate|AddNodes|DeleteNodes)Request$/.test(name),
    );
    expect(requests.filter((name) => !writingCalls.opcua.includes(name))).toEqual([]);
  });
});

describe("an adapter that would write breaks the rule", () => {
  const sql = "src/plant/mes/sql/x.ts";
  test.each([
    ["src/plant/collectors/modbus/x.ts", "await client.writeRegister(1, 2);"],
    ["src/plant/collectors/modbus/x.ts", 'await client["writeCoil"](1, true);'],
    ["src/plant/collectors/modbus/x.ts", "const { writeRegisters } = client;"],
    ["src/plant/collectors/mqtt/x.ts", 'client.publish("a", "b");'],
    ["src/plant/collectors/sparkplug/x.ts", "await client.publishAsync(topic, rebirth);"],
    ["src/plant/collectors/mqtt/x.ts", 'client["_sendPacket"]({ cmd: "publish", topic });'],
    ["src/plant/collectors/mqtt/x.ts", 'client["_sendPacket"](packet);'],
    ["src/plant/collectors/opcua/x.ts", "await session.write(nodes);"],
    ["src/plant/collectors/opcua/x.ts", "await session.call(methods);"],
    ["src/plant/collectors/opcua/x.ts", "await session\n  .writeSingleNode(node, value);"],
    [sql, 'await session.query("INSERT INTO a VALUES (1)");'],
    [sql, "const text = `UPDATE ${table} SET a = 1`;"],
    [sql, 'const text = "delete from a";'],
    [sql, 'await client.query("COMMIT");'],
    [sql, "await transaction.commit();"],
    [sql, 'const text = "SELECT pg_terminate_backend(1)";'],
    ["src/plant/sql/x.ts", 'const text = "CREATE TABLE a (b int)";'],
    ["src/plant/mes/rest/x.ts", 'await fetch(url, { method: "POST" });'],
    ["src/plant/mes/rest/x.ts", "await fetch(url);"],
    ["src/plant/mes/rest/x.ts", 'await fetch(url, { method: "GET", body: "x" });'],
    ["src/plant/sensors/influx/x.ts", 'const method = "DELETE";'],
    ["src/plant/mes/rest/x.ts", 'import { execFile } from "node:child_process";'],
    ["src/tools/x.ts", 'import pg from "pg";'],
    ["src/plant/mes/sql/x.ts", 'const pg = await import("pg");'],
    ["src/runtime/x.ts", 'const mqtt = await import("mqtt");'],
    ["src/plant/collectors/mqtt/x.ts", 'import ModbusRTU from "modbus-serial";'],
    ["src/plant/collectors/opcua/x.ts", 'import { OPCUAServer } from "node-opcua";'],
    ["src/tools/x.ts", 'import { createPool } from "mysql2/promise";'],
  ])("%s: %s", (path, text) => {
    expect(check(path, text)).not.toEqual([]);
  });

  test.each([
    ["src/plant/collectors/modbus/x.ts", "await client.readHoldingRegisters(1, 2);"],
    ["src/plant/collectors/mqtt/x.ts", "client.subscribe(topic);"],
    ["src/plant/collectors/mqtt/x.ts", 'client["_sendPacket"]({ cmd: "puback", messageId: id });'],
    ["src/plant/collectors/opcua/x.ts", "const values = await session.read(nodes);"],
    ["src/plant/mes/sql/x.ts", "// INSERT INTO is refused"],
    ["src/plant/mes/sql/x.ts", 'import type { Pool } from "pg";'],
    ["src/plant/mes/rest/x.ts", 'await fetch(url, { method: "GET", redirect: "error" });'],
    ["src/plant/mes/upsert-rows.ts", "const text = `INSERT INTO ${records}`;"],
  ])("but %s may say: %s", (path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  test("every library that reaches a system of a plant has its own loader", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: object };
    const clients = Object.keys(dependencies).filter((name) =>
      /^(pg|mysql|mssql|tedious|mqtt|modbus|node-opcua|sparkplug|influx|mongo|redis|oracledb|odbc|kafka|amqp|axios|got|undici|node-fetch)/.test(
        name,
      ),
    );
    expect(clients.filter((name) => !(name in loaders) && !["pg-boss", "pgvector"].includes(name))).toEqual([]);
  });
});
