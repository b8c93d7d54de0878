import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { timeout } from "hono/timeout";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { refuseInvalid } from "./define-route.ts";
import { localActor, type HttpApp, type HttpEnv, type HttpOptions } from "./http-env.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { checkHost } from "./middleware/check-host.ts";
import { checkOrigin } from "./middleware/check-origin.ts";
import { observeRequests } from "./middleware/observe-requests.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { handleError, sendProblem } from "./problem.ts";
import { addAskRoutes } from "./routes/ask.ts";
import { addConversationRoutes } from "./routes/conversations.ts";
import { addDocumentMetadataRoute } from "./routes/document-metadata.ts";
import { addDocumentRoutes } from "./routes/documents.ts";
import { addEquipmentRoutes } from "./routes/equipment.ts";
import { addIngestionRoutes } from "./routes/ingestions.ts";
import { addKnowledgeRoutes } from "./routes/knowledge.ts";
import { addOriginalRoutes } from "./routes/originals.ts";
import { addOwnerRoutes } from "./routes/owner.ts";
import { addPageRoutes } from "./routes/pages.ts";
import { addProposalRoutes } from "./routes/proposals.ts";
import { addSourceRoutes } from "./routes/sources.ts";
import { addStatusRoutes } from "./routes/status.ts";
import { addToolRoutes } from "./routes/tools.ts";
import { addPage } from "./serve-page.ts";

const mebibyte = 1_048_576;

/** The HTTP door: parses, calls a verb, maps the result. Opens nothing; `options.backend` may not be ready yet. */
export function createHttpApp(options: HttpOptions): HttpApp {
  const { logger, metrics } = options;
  const app: HttpApp = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });
  app.onError(handleError(logger));
  app.notFound((c) =>
    sendProblem(c, new SunbaeError("not_found", `There is nothing at ${c.req.method} ${c.req.path}.`)),
  );

  app.use(requestId());
  app.use(observeRequests(logger, metrics));
  app.use(securityHeaders());
  app.use(checkHost(options));
  app.use(checkOrigin);
  app.use(authenticate(options));
  app.use(bodyLimits());
  app.use(timeLimits());
  app.use(async (c, next) => {
    c.set("ctx", () => ctxOf(options, c.get("isOwner")));
    await next();
  });

  addStatusRoutes(app, options);
  addSourceRoutes(app, options);
  addAskRoutes(app, options);
  addConversationRoutes(app, options);
  addEquipmentRoutes(app, options);
  addDocumentRoutes(app, options);
  addDocumentMetadataRoute(app, options);
  addIngestionRoutes(app, options);
  addPageRoutes(app, options);
  addOriginalRoutes(app, options);
  addKnowledgeRoutes(app, options);
  addProposalRoutes(app, options);
  addToolRoutes(app, options);
  addOwnerRoutes(app, options);
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Sunbae", version: options.version },
  });
  addPage(app, options.webFolder);
  return app;
}

function ctxOf(options: HttpOptions, isOwner: boolean): Ctx {
  const { timeZone } = options.backend();
  return { actor: localActor(isOwner ? "cli" : "http"), timeZone, now: options.now ?? (() => new Date()) };
}

function bodyLimits() {
  const limited = (most: number) =>
    bodyLimit({
      maxSize: most,
      onError: () => {
        throw new SunbaeError("too_large", `The body is larger than ${most / mebibyte} MB.`);
      },
    });
  const ordinary = limited(mebibyte);
  // Uploads are counted as they come, by their own route.
  return ((c, next) => (isUpload(c.req) ? next() : ordinary(c, next))) as typeof ordinary;
}

const isUpload = ({ method, path }: { method: string; path: string }) => method === "POST" && path === "/api/documents";

/** A model may think for minutes, a large file be long on its way; everything else answers soon or fails. */
function timeLimits() {
  const [ordinary, patient] = [timeout(60_000), timeout(900_000)];
  return ((c, next) =>
    c.req.path === "/api/ask" || c.req.path.startsWith("/api/owner/") || isUpload(c.req)
      ? patient(c, next)
      : ordinary(c, next)) as typeof ordinary;
}
