/** What the tests call inside the extension; `dispatch` fires Chrome's own event in the listener's process. */
declare const chrome: {
  storage: {
    session: {
      get(key: null): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
      clear(): Promise<void>;
    };
    local: {
      get(key: string | null): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
      remove(keys: string[]): Promise<void>;
      clear(): Promise<void>;
    };
  };
  runtime: {
    sendMessage(message: object): Promise<unknown>;
    getManifest(): { version: string };
    onUpdateAvailable: { dispatch(details: object): void };
  };
  alarms: {
    get(name: string): Promise<object | undefined>;
    clearAll(): Promise<boolean>;
    onAlarm: { dispatch(alarm: object): void };
  };
  tabs: {
    query(about: object): Promise<{ id?: number; url?: string }[]>;
    sendMessage(tabId: number, message: object, to: object): Promise<unknown>;
  };
  action: {
    onClicked: { dispatch(tab: object | undefined): void };
    getBadgeText(details: object): Promise<string>;
    setBadgeText(details: object): Promise<void>;
  };
  commands: { onCommand: { dispatch(name: string, tab: object | undefined): void } };
  offscreen: { hasDocument(): Promise<boolean>; closeDocument(): Promise<void> };
  permissions: { remove(permissions: object): Promise<boolean> };
  contextMenus: { onClicked: { dispatch(info: object, tab: object | undefined): void } };
};
