import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (url: URL, request: IncomingMessage) => { status?: number; headers?: object; body: unknown };
export type RestServer = {
  url: string;
  /** Method and address of every request, in order. */
  requests: string[];
  answerWith(answer: Answer): void;
  close(): Promise<void>;
};

/** A customer's REST interface on loopback; an answer whose body is a text is sent as it is. */
export async function startRestServer(first: Answer): Promise<RestServer> {
  let answer = first;
  const requests: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://plant");
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    const { status = 200, headers = {}, body } = answer(url, request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
    response.statusCode = status;
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    requests,
    answerWith: (next) => (answer = next),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
