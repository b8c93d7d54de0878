import uPlot from "uplot";
import type { ControlPlot } from "./control-view.ts";

const height = 180;

/** Draws points, centre and limits, broken rules in the alarm's colour; returns what takes it away again. */
export function drawControl(element: HTMLElement, plot: ControlPlot): () => void {
  const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim();
  const [line = "", quiet = "", grid = "", alarm = "", warn = ""] = [
    "--accent",
    "--quiet",
    "--line",
    "--alarm",
    "--warn",
  ].map(colour);
  const marked = new Set(plot.marked);
  const axis = { stroke: quiet, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid } };
  // In the scale, but drawn by hand: limits belong to a point and change half-way to the next.
  const unseen: uPlot.Series = { width: 0, paths: () => null, points: { show: false } };
  const course: uPlot.Series = { stroke: line, width: 1.5, points: { show: true, size: 5, fill: line } };
  const only: uPlot.Series = {
    stroke: alarm,
    width: 0,
    paths: () => null,
    points: { show: true, size: 9, fill: alarm },
  };
  const onlyMarked = (all: (number | null)[]) => all.map((point, index) => (marked.has(index) ? point : null));
  const beyond = (all: (number | null)[]) =>
    all.map((point, index) => (point !== null && Math.abs(point) > (plot.ucl[index] ?? Infinity) ? point : null));
  const lower = plot.lower;
  const chart = new uPlot(
    {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: [0.5, plot.points.length + 0.5] },
        y: { range: (_, low, high) => padded(low, high) },
      },
      series: [
        {},
        unseen,
        unseen,
        unseen,
        course,
        only,
        ...(lower ? [{ ...course, stroke: warn, points: { show: true, size: 5, fill: warn } }, only] : []),
      ],
      axes: [
        { ...axis, size: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
        { ...axis, size: 64, label: plot.title, labelSize: 18, labelGap: 0 },
      ],
      hooks: {
        drawClear: [
          (self) => {
            drawSecondPhase(self, plot.secondPhaseAt, grid);
            drawLevel(self, plot.center, quiet, []);
            for (const limit of [plot.lcl, plot.ucl]) drawLevel(self, limit, alarm, [6, 4]);
          },
        ],
      },
    },
    [
      plot.points.map((_, index) => index + 1),
      plot.ucl,
      plot.center,
      plot.lcl,
      plot.points,
      lower ? beyond(plot.points) : onlyMarked(plot.points),
      ...(lower ? [lower, beyond(lower)] : []),
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

/** One step a point, from half-way to its neighbours. */
function drawLevel({ ctx, valToPos }: uPlot, levels: number[], stroke: string, dash: number[]): void {
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.5;
  ctx.setLineDash(dash);
  ctx.beginPath();
  for (const [index, level] of levels.entries()) {
    const y = valToPos(level, "y", true);
    ctx.lineTo(valToPos(index + 0.5, "x", true), y);
    ctx.lineTo(valToPos(index + 1.5, "x", true), y);
  }
  ctx.stroke();
  ctx.restore();
}

/** A line before the first point that had no part in the limits. */
function drawSecondPhase(plot: uPlot, index: number | null, stroke: string): void {
  if (index === null) return;
  const { top, height: boxHeight } = plot.bbox;
  plot.ctx.fillStyle = stroke;
  plot.ctx.fillRect(plot.valToPos(index + 0.5, "x", true) - 1, top, 2, boxHeight);
}

function padded(low: number, high: number): [number, number] {
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}
