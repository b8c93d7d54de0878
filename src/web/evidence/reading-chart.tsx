import { useEffect, useRef } from "preact/hooks";
import type { ReadingView } from "./reading.ts";

/** The course of a tag with its normal band; the chart library comes only when a chart is opened. */
export function ReadingChart({ reading, label }: { reading: ReadingView; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    let dispose = (): void => undefined;
    void import("./draw-chart.ts").then(({ drawChart }) => {
      if (!gone) dispose = drawChart(element, reading);
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [reading.tagId, reading.points.length]);
  return <div ref={box} class="chart" role="img" aria-label={label} />;
}
