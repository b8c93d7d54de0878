import { parentPort } from "node:worker_threads";
import { serveReading } from "./serve-reading.ts";

// Entry of the thread that reads files: whatever a file does to it, the server goes on.

if (parentPort) serveReading(parentPort);
