import '../ui/zod-without-eval.ts';
import '@fontsource-variable/noto-sans-sc';
import '../ui/face.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createStyleContainer } from './constructed-styles.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App styleContainer={createStyleContainer(document)} />);
