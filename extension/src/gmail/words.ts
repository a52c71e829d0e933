/** What VaultDesk says in Gmail's page itself. */
export const WORDS = {
  updated:
    "VaultDesk was updated or turned off. What waits for your phone goes on waiting. Reload Gmail to go on.",
  reload: "Reload Gmail",
};
