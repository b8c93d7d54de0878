import { existsSync } from "node:fs";
import { installPackage } from "./packages.ts";
import { runVitest, type Outcome } from "./run-vitest.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of this machine, Debian's installed first where there is none; throws where it can't be. */
function findChromium(): string {
  const given = process.env["SUNBAE_TEST_CHROMIUM"];
  if (given && !existsSync(given)) throw new Error(`SUNBAE_TEST_CHROMIUM names ${given}, which is not there.`);
  const find = () => given || places.find((place) => existsSync(place));
  if (!find()) installPackage("chromium");
  const found = find();
  if (!found) throw new Error(`The package chromium brought no ${places[0]}.`);
  return found;
}

/** The page's tests in a real browser. */
export async function testBrowser(): Promise<Outcome> {
  return runVitest("browser.config.ts", { SUNBAE_TEST_CHROMIUM: findChromium() });
}
