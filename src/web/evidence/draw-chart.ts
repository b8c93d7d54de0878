import uPlot from "uplot";
import type { ReadingView } from "./reading.ts";

const height = 200;

/** Draws into the element and follows its width; returns what takes it away again. */
export function drawChart(element: HTMLElement, { points, limits, unit }: ReadingView): () => void {
  const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim();
  const [line, band, grid, text, alarm] = ["--accent", "--normal-band", "--line", "--quiet", "--alarm"].map(colour);
  const { normalLow, normalHigh, alarmLow, alarmHigh } = limits;
  const axis = { stroke: text ?? "", grid: { stroke: grid ?? "", width: 1 }, ticks: { stroke: grid ?? "" } };

  const chart = new uPlot(
    {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: { y: { range: (_, low, high) => padded(low, high, [normalLow, normalHigh]) } },
      series: [
        {},
        { stroke: line ?? "", width: 2, points: { show: points.length < 3 } },
        { stroke: line ?? "", width: 0 },
        { stroke: line ?? "", width: 0 },
      ],
      bands: [{ series: [2, 3], fill: `${line ?? ""}33` }],
      axes: [
        { ...axis, size: 30, values: (_, times) => times.map(clock) },
        { ...axis, size: 52, label: unit, labelSize: unit ? 18 : 0, labelGap: 0 },
      ],
      hooks: {
        drawClear: [
          (plot) => {
            const { left, top, width, height: boxHeight } = plot.bbox;
            const at = (value: number): number =>
              Math.min(Math.max(plot.valToPos(value, "y", true), top), top + boxHeight);
            const from = normalHigh === null ? top : at(normalHigh);
            const to = normalLow === null ? top + boxHeight : at(normalLow);
            if (normalLow !== null || normalHigh !== null) {
              plot.ctx.fillStyle = band ?? "";
              plot.ctx.fillRect(left, from, width, to - from);
            }
            plot.ctx.fillStyle = alarm ?? "";
            for (const limit of [alarmLow, alarmHigh]) {
              const y = limit === null ? top : at(limit);
              if (y > top && y < top + boxHeight) plot.ctx.fillRect(left, y - 1, width, 2);
            }
          },
        ],
      },
    },
    [
      points.map(({ at }) => at / 1000),
      points.map(({ mean }) => mean),
      points.map(({ max }) => max),
      points.map(({ min }) => min),
    ],
    element,
  );
  const watch = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
  watch.observe(element);
  return () => {
    watch.disconnect();
    chart.destroy();
  };
}

/** "14:00"; at midnight the day. */
function clock(seconds: number): string {
  const at = new Date(seconds * 1000);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  const two = (part: number): string => String(part).padStart(2, "0");
  return midnight ? `${at.getMonth() + 1}/${at.getDate()}` : `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function padded(low: number, high: number, limits: (number | null)[]): [number, number] {
  const all = [low, high, ...limits.filter((limit) => limit !== null)].filter(Number.isFinite);
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const room = (max - min || Math.abs(max) || 1) * 0.08;
  return [min - room, max + room];
}
