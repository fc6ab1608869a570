import '../ui/zod-without-eval.ts';
import '@fontsource-variable/noto-sans-sc';
import '../ui/face.css';
import './dock.css';
import { createRoot } from 'react-dom/client';
import { DockLine } from './dock-line.ts';
import { DockPage } from './dock-page.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
const address = new URL('/dock', globalThis.location.href);
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
const line = new DockLine({
  open: () => new WebSocket(address),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
line.start();
createRoot(root).render(<DockPage line={line} />);
