import { useEffect, useRef } from "preact/hooks";
import type { ControlPlot } from "./control-view.ts";

/** One control chart; the chart library comes only when it is opened. */
export function ControlChart({ plot, label }: { plot: ControlPlot; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    let dispose = (): void => undefined;
    void import("./draw-control.ts").then(({ drawControl }) => {
      if (!gone) dispose = drawControl(element, plot);
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [plot.title, plot.points.length]);
  return <div ref={box} class="chart" role="img" aria-label={`${label} ${plot.title}`} />;
}
