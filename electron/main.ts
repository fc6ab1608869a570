import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  protocol,
  safeStorage,
} from 'electron';
import Store from 'electron-store';
import { pino } from 'pino';
import { createKioskRouter, watchSource } from './core/kiosk-router.ts';
import { createKeyStore, type KeyStore } from './core/identity/key-store.ts';
import { startTerminal } from './core/start.ts';
import { contentFile } from './shell/content-files.ts';
import { pageFile } from './shell/page-files.ts';

const PAGE = 'red-sail://kiosk';
const lines = pino.destination({ fd: 1, sync: true });
// A full disk under the log is no reason to end.
lines.on('error', () => {});
const log = pino(lines);

app.enableSandbox();
app.commandLine.appendSwitch('disable-pinch');
app.commandLine.appendSwitch('overscroll-history-navigation', '0');
protocol.registerSchemesAsPrivileged([
  { scheme: 'red-sail', privileges: { standard: true, secure: true, corsEnabled: true } },
]);
if (!app.requestSingleInstanceLock()) app.exit(0);

// Nothing opens, nothing navigates, nothing is permitted: the page has all it needs.
app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  contents.session.setPermissionCheckHandler(() => false);
  contents.session.setDevicePermissionHandler(() => false);
  contents.on('before-input-event', (event) => event.preventDefault());
  contents.on('render-process-gone', () => contents.reload());
});

function isOurPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return event.senderFrame?.url.startsWith(`${PAGE}/`) === true;
}

/** Whenever our page asks on one channel, it is sent on the other what there is now, and whatever comes, until it goes. */
function forwardToPage(asked: string, told: string, watch: (signal: AbortSignal) => AsyncIterable<unknown>): void {
  ipcMain.on(asked, (event) => {
    if (!isOurPage(event)) return;
    const gone = new AbortController();
    event.sender.once('destroyed', () => gone.abort());
    event.sender.once('did-start-navigation', () => gone.abort());
    void (async () => {
      for await (const view of watch(gone.signal)) event.sender.send(told, view);
    })();
  });
}

/** The operating system keeps the keys where it can; `basic_text` is no secret at all, so then a file of mode 0600 does. */
function keyStore(folder: string): KeyStore {
  const plain =
    !safeStorage.isEncryptionAvailable() ||
    (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text');
  if (plain) return createKeyStore(join(folder, 'terminal-key.json'));
  return createKeyStore(join(folder, 'terminal-key.sealed'), {
    kind: 'os',
    seal: (text) => safeStorage.encryptString(text),
    open: (sealed) => safeStorage.decryptString(sealed),
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  const code = app.commandLine.getSwitchValue('enrol');
  const started = await startTerminal({
    file: new Store({ name: 'settings', configFileMode: 0o600 }),
    folder: app.getPath('userData'),
    keys: keyStore(app.getPath('userData')),
    enrolment: code === '' ? null : { code, serverUrl: app.commandLine.getSwitchValue('server') },
    log,
  });
  if (!started.ok) {
    log.error({ fault: started.error }, 'this machine is no terminal');
    dialog.showErrorBox('红帆驿站 · Red Sail Station', '本终端还没有设置。\nThis terminal has not been set up yet.');
    return app.exit(1);
  }
  const { terminal } = started.value;
  const calls = createRouterClient(createKioskRouter(terminal.kiosk, terminal.content));

  ipcMain.handle('kiosk:act', (event, action) => (isOurPage(event) ? calls.act(action) : Promise.reject(new Error())));
  ipcMain.handle('kiosk:content-act', (event, action) =>
    isOurPage(event) ? calls.contentAct(action) : Promise.reject(new Error()),
  );
  forwardToPage('kiosk:watch', 'kiosk:view', (signal) => watchSource(terminal.kiosk, signal));
  forwardToPage('kiosk:watch-content', 'kiosk:content', (signal) => watchSource(terminal.content, signal));

  const pageDir = join(import.meta.dirname, '../kiosk');
  protocol.handle('red-sail', (request) => {
    const { pathname } = new URL(request.url);
    return contentFile(terminal.content, pathname, request.headers.get('range')) ?? pageFile(pageDir, pathname);
  });
  const window = new BrowserWindow({
    kiosk: app.isPackaged,
    show: false,
    backgroundColor: '#fbf6ef',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  app.on('before-quit', () => void terminal.stop());
  app.on('window-all-closed', () => app.quit());
  await window.loadURL(`${PAGE}/`);
}

// Not awaited: Electron gets ready only after this module has been evaluated.
start().catch((error: unknown) => {
  log.fatal({ err: error }, 'the terminal could not start');
  app.exit(1);
});
