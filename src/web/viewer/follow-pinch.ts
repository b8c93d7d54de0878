/** Two fingers on `element`, or a wheel with Ctrl (so trackpads pinch): calls `onScale` with the factor since the last call. */
export function followPinch(
  element: HTMLElement,
  onScale: (factor: number, at: { x: number; y: number }) => void,
): () => void {
  let spread: number | null = null;
  const place = (x: number, y: number): { x: number; y: number } => {
    const { left, top } = element.getBoundingClientRect();
    return { x: x - left, y: y - top };
  };
  const move = (event: TouchEvent): void => {
    const [first, second] = [event.touches[0], event.touches[1]];
    if (!first || !second) return void (spread = null);
    event.preventDefault();
    const now = Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY);
    const at = place((first.clientX + second.clientX) / 2, (first.clientY + second.clientY) / 2);
    if (spread !== null && spread > 0) onScale(now / spread, at);
    spread = now;
  };
  const end = (): void => void (spread = null);
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    onScale(Math.exp(-event.deltaY / 300), place(event.clientX, event.clientY));
  };
  const active = { passive: false } as const;
  element.addEventListener("touchstart", move, active);
  element.addEventListener("touchmove", move, active);
  element.addEventListener("touchend", end);
  element.addEventListener("touchcancel", end);
  element.addEventListener("wheel", wheel, active);
  return () => {
    element.removeEventListener("touchstart", move);
    element.removeEventListener("touchmove", move);
    element.removeEventListener("touchend", end);
    element.removeEventListener("touchcancel", end);
    element.removeEventListener("wheel", wheel);
  };
}
