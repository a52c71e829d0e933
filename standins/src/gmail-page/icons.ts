/** Line icons of our own on a grid of 24, drawn as masks so that they take the text's colour. */
const PATHS = {
  lines: "M4 7h16M4 12h16M4 17h16",
  mail: "M3.5 6.5h17v12h-17zM4 7l8 6.5L20 7",
  search: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  pen: "M5 19l1-4L16 5l3 3L9 18z",
  inbox: "M4 5h16v14H4zM4 14h5l1.5 2h3L15 14h5",
  sent: "M4 5l16 7-16 7 3-7zM7 12h6",
  drafts: "M6 3.5h8l4 4v13H6zM9 12h6M9 16h6",
  all: "M4 9h16v11H4zM6 6h12M8 3.5h8",
  check: "M5 5h14v14H5z",
  star: "M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6-5-2.9-5 2.9 1.2-5.6L4 9.8l5.6-.6z",
  refresh: "M19 6v5h-5M18.5 11A7 7 0 1 0 19 14",
  more: "M12 5v1M12 11.5v1M12 18v1",
  back: "M20 12H5M11 6l-6 6 6 6",
  archive: "M4 4.5h16v4H4zM5.5 8.5v11h13v-11M10 12h4",
  bin: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  clip: "M17.5 8.5l-6.8 6.9a2 2 0 0 1-2.9-2.8l7-7a3.4 3.4 0 0 1 4.8 4.8l-7.4 7.4a4.9 4.9 0 0 1-6.9-6.9l5.6-5.6",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  calendar: "M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7",
  note: "M5 5h14v9l-5 5H5zM14 19v-5h5",
  done: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8.5 12l2.5 2.5 4.5-5",
} as const;

function rule([name, path]: [string, string]): string {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='black' stroke-width='1.7' stroke-linecap='round' stroke-linejoin='round'><path d='${path}'/></svg>`;
  return `.icon.${name} { mask-image: url("data:image/svg+xml,${encodeURIComponent(svg)}"); }`;
}

export const ICONS = Object.entries(PATHS).map(rule).join("\n");
