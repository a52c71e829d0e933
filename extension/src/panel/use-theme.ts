/** Gmail's colours where they are known, the system's elsewhere. */
import { useEffect } from "react";

export function useTheme(seen: "light" | "dark" | undefined): void {
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const put = () => {
      document.documentElement.dataset["theme"] = seen ?? (dark.matches ? "dark" : "light");
    };
    put();
    dark.addEventListener("change", put);
    return () => dark.removeEventListener("change", put);
  }, [seen]);
}
