import { SunbaeError } from "../../core/errors.ts";

/** Stands here until the renderer lands (V's placeholder, not committed; P overwrites it). */
export async function renderPage(
  _bytes: Uint8Array,
  _format: string,
  _number: number,
  _options: { widthPixels: number; signal?: AbortSignal },
): Promise<Uint8Array> {
  throw new SunbaeError("unavailable", "Pages can't be drawn yet.");
}
