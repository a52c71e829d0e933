/** Lets work go on by itself. What it throws reaches the browser's error page, as for any uncaught error; it never ends in silence. */
export function detach(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    reportError(error);
  });
}
