import { contextBridge, ipcRenderer } from 'electron';

function listenTo(asked: string, told: string, listener: (view: unknown) => void): () => void {
  const forward = (_event: unknown, view: unknown) => listener(view);
  ipcRenderer.on(told, forward);
  ipcRenderer.send(asked);
  return () => ipcRenderer.off(told, forward);
}

/** The whole bridge: one function per call of shared/contract/kiosk.ts, and nothing else of Electron or Node. */
contextBridge.exposeInMainWorld('redSail', {
  watch: (listener: (view: unknown) => void): (() => void) => listenTo('kiosk:watch', 'kiosk:view', listener),
  act: (action: unknown): Promise<unknown> => ipcRenderer.invoke('kiosk:act', action),
  content: (listener: (content: unknown) => void): (() => void) =>
    listenTo('kiosk:watch-content', 'kiosk:content', listener),
  contentAct: (action: unknown): Promise<unknown> => ipcRenderer.invoke('kiosk:content-act', action),
});
