import { parentPort } from "node:worker_threads";
import { serveReading } from "../../../src/knowledge/ingest/serve-reading.ts";
import { addHostileReaders } from "./hostile-readers.ts";

// The reading thread with readers that do what a file may do to one.

addHostileReaders();
if (parentPort) serveReading(parentPort);
