const paths = {
  plus: "M12 5v14M5 12h14",
  history: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v4l3 2",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6L6 18",
  help: "M9.2 9a2.9 2.9 0 1 1 4.4 2.6c-1 .6-1.6 1.2-1.6 2.4M12 17.6v.1",
  approvals: "M9 4h6v3H9zM9 5.500H6V20h12V5.500h-3M9 13.500l2 2 4-4",
  send: "M5 12h13M12.500 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  machine: "M4 20V9l5 3V9l5 3V5h6v15zM8 16h2M13 16h2",
  search: "M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM16 16l4 4",
  down: "M6 9.500l6 6 6-6",
  left: "M14.500 6l-6 6 6 6",
  right: "M9.500 6l6 6-6 6",
  document: "M7 3.500h7l4 4v13H7zM14 3.500v4h4M10 12h5M10 15.500h5",
  shield: "M12 3.500l7 2.600v5.400c0 4.300-2.900 7.400-7 9-4.100-1.600-7-4.700-7-9V6.100zM12 8.500v4.200M12 15.600v.1",
  warning: "M12 4.500L21 19.500H3zM12 10.500v4M12 17v.1",
  copy: "M9 9h10v11H9zM5 15V4h10",
  minus: "M5 12h14",
  save: "M12 4v11M7 10.500l5 5 5-5M5 19.500h14",
  books: "M5 4h4v16H5zM9 6h4v14H9zM14 6.500l3.600-1 4 14.500-3.600 1z",
  edit: "M5 19l1-4L16.500 4.500l3 3L9 18z",
  trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  upload: "M12 16V5M7 10l5-5 5 5M5 19.500h14",
} as const;

export type IconName = keyof typeof paths;

/** Decoration; the words stand beside it or in the button's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
