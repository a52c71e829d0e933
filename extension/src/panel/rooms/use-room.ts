/** One room: what it is now, and its changes. */
import { routes } from "@vaultdesk/shared/api.ts";
import type { RoomId } from "@vaultdesk/shared/id.ts";
import type { RoomView } from "@vaultdesk/shared/room.ts";
import { useCallback } from "react";

import type { Call } from "../../api/call.ts";
import { type Changed, useChanged } from "../use-changed.ts";

export type RoomControl = Changed<RoomView>;

export function useRoom(call: Call, id: RoomId): RoomControl {
  return useChanged(useCallback(() => call(routes.room, { id }), [call, id]));
}
