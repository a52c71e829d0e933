/** Which drafts stand open as a form, each in the version that the person began to change. Kept above the cards: two of them look at it. */
import type { DraftView } from "@vaultdesk/shared/draft.ts";
import type { DraftId } from "@vaultdesk/shared/id.ts";
import { useState } from "react";

export interface Editing {
  of: (draftId: DraftId) => DraftView | undefined;
  start: (draft: DraftView) => void;
  end: (draftId: DraftId) => void;
}

function without(all: readonly DraftView[], draftId: DraftId): DraftView[] {
  return all.filter((draft) => draft.draftId !== draftId);
}

export function useEditing(): Editing {
  const [open, setOpen] = useState<readonly DraftView[]>([]);
  return {
    of: (draftId) => open.find((draft) => draft.draftId === draftId),
    start: (draft) => setOpen((all) => [...without(all, draft.draftId), draft]),
    end: (draftId) => setOpen((all) => without(all, draftId)),
  };
}
