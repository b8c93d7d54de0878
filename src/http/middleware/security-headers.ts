import { secureHeaders } from "hono/secure-headers";

const self = ["'self'"];

/** The page runs its own files only: no inline script, nothing of another host, no frame around it. */
export const securityHeaders = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: self,
      styleSrc: self,
      imgSrc: ["'self'", "data:"],
      fontSrc: self,
      connectSrc: self,
      manifestSrc: self,
      workerSrc: self,
      baseUri: ["'none'"],
      formAction: self,
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    // Plain http inside a plant: these two are ignored there with a complaint in the browser's console.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
