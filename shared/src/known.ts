/** Whom a room knows: a domain with all below it, or one address. */
import { z } from "zod";

export const Known = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^(?:[^\s@<>"(),:;[\]\\]+@)?[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\]+$/u);
