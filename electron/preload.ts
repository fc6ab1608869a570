import { contextBridge, ipcRenderer } from 'electron';

/** The whole bridge: one function per call of shared/contract/kiosk.ts, and nothing else of Electron or Node. */
contextBridge.exposeInMainWorld('redSail', {
  watch(listener: (view: unknown) => void): () => void {
    const forward = (_event: unknown, view: unknown) => listener(view);
    ipcRenderer.on('kiosk:view', forward);
    ipcRenderer.send('kiosk:watch');
    return () => ipcRenderer.off('kiosk:view', forward);
  },
  act: (action: unknown): Promise<unknown> => ipcRenderer.invoke('kiosk:act', action),
});
