/** Parts of the panel that are not needed for its first paint: their code is read when they are first shown. */
import { type ComponentType, lazy, type ReactElement, type ReactNode, Suspense } from "react";

/** `load` gives the component; `waiting` stands in its place for the few milliseconds until it is there. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting?: ReactNode,
): (props: P) => ReactElement {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Later(props: P) {
    return (
      <Suspense fallback={waiting}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
