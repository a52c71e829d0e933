/** A row's figures, and the table of them. Pure. */
import { z } from "zod";

export const Figure = z.object({
  says: z.string(),
  value: z.number(),
  unit: z.string(),
  /** Held while the value is not above it. Without one the figure is context. */
  goal: z.number().optional(),
  /** The absolute times that a ratio was made of. */
  from: z.string().optional(),
});
export type Figure = z.infer<typeof Figure>;

export interface Options {
  /** Fewer turns, smaller crowds: to look, not to conclude. */
  quick: boolean;
}

/** A row: measures in a process of its own. */
export type Measure = (options: Options) => Promise<Figure[]>;

export function held({ value, goal }: Figure): boolean {
  return goal === undefined || value <= goal;
}

export function lineOf(figure: Figure): string {
  const { says, value, unit, goal, from } = figure;
  const mark = goal === undefined ? "  " : held(figure) ? "ok" : "FAILED";
  const limit = goal === undefined ? "" : ` of ${goal}`;
  return `${mark} ${says}: ${short(value)}${unit === "" ? "" : ` ${unit}`}${limit}${from === undefined ? "" : ` (${from})`}`;
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

export function ms(value: number): string {
  return `${short(value)} ms`;
}
