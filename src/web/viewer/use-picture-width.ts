import { useEffect, useState } from "preact/hooks";

const stepPixels = 200;
const mostPixels = 2_400;
const settleMs = 250;

/**
 * Pixels of a picture that is sharp where it is shown `width` wide; null while that is not known (0). While two
 * fingers move it stays as it was: no picture is asked for at every step.
 */
export function usePictureWidth(width: number): number | null {
  const wanted = width > 0 ? pixelsFor(width) : null;
  const [settled, settle] = useState(wanted);
  useEffect(() => {
    const soon = setTimeout(() => settle(wanted), settled === null ? 0 : settleMs);
    return () => clearTimeout(soon);
  }, [wanted]);
  return settled ?? wanted;
}

function pixelsFor(width: number): number {
  const sharp = Math.ceil((width * devicePixelRatio) / stepPixels) * stepPixels;
  return Math.min(mostPixels, Math.max(stepPixels, sharp));
}
