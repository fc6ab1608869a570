// Makes a bare clone ready: dependencies, system packages, built pages. Runs before every command, on whatever Node the
// machine has (>= 20), so it is plain JavaScript without dependencies: the one file here that can't be TypeScript.
// Speaks on stderr only, so that `npm run -s tool` keeps its stdout clean. A second run finds everything done.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const purpose = process.argv[2] ?? 'demo';

/** Debian packages by what they bring, and which commands want them. */
const SYSTEM_PACKAGES = [
  {
    name: 'socat',
    present: () => onPath('socat'),
    for: ['demo', 'test', 'bench', 'kills', 'soak'],
    why: 'pseudo-terminals for the emulated devices',
  },
  {
    name: 'chromium',
    present: () => onPath('chromium'),
    for: ['demo', 'test', 'bench', 'screenshots'],
    why: 'shows the pages',
  },
  {
    name: 'libusb-1.0-0',
    present: () => libraryHere('libusb-1.0.so.0'),
    for: ['demo', 'test'],
    why: 'USB devices through node-hid',
  },
  {
    name: 'fonts-noto-cjk',
    present: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
    for: ['demo', 'test', 'bench', 'screenshots'],
    why: 'Chinese type where a page brings none',
  },
];
const NEEDS_PAGES = ['demo', 'test', 'bench', 'screenshots', 'kills'];

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(`\nSet-up stopped: ${text}`);
  process.exit(1);
}

function onPath(command) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));
}

function libraryHere(name) {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/lib64'];
  return folders.some((folder) => existsSync(join(folder, name)));
}

function run(command, args, extraEnv = {}) {
  const started = Date.now();
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...extraEnv } });
  if (done.error) return { ok: false, seconds: 0 };
  return { ok: done.status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function dependencies() {
  const stamp = join(root, 'node_modules/.red-sail-lock');
  const want = hashOf([join(root, 'package-lock.json')]);
  if (readStamp(stamp) === want && existsSync(join(root, 'node_modules/.bin/node'))) return;
  say('[set-up] dependencies (npm ci): about a minute the first time ...');
  const done = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!done.ok) fail('npm ci did not succeed; its own message is above. Is the npm registry reachable?');
  writeFileSync(stamp, want);
  say(`[set-up] dependencies: done in ${done.seconds} s`);
}

function systemPackages() {
  const missing = SYSTEM_PACKAGES.filter((entry) => entry.for.includes(purpose) && !entry.present());
  if (missing.length === 0) return;
  const names = missing.map((entry) => entry.name);
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  for (const entry of missing) say(`[set-up] missing: ${entry.name} (${entry.why})`);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    fail(`this needs Debian packages and the right to install them. Run once:\n\n    sudo ${command}\n`);
  }
  say(`[set-up] system packages (${names.join(', ')}): a minute or two ...`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], quiet);
  const done = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
  if (!done.ok) fail(`apt-get did not succeed. Run once, and see what it says:\n\n    ${command}\n`);
  say(`[set-up] system packages: done in ${done.seconds} s`);
}

function pages() {
  const stamp = join(root, 'dist/.pages');
  const want = hashOf([...filesBelow('renderer'), ...filesBelow('shared'), join(root, 'package-lock.json')]);
  if (readStamp(stamp) === want) return;
  say('[set-up] building the pages ...');
  const started = Date.now();
  for (const page of ['kiosk', 'console', 'dock']) {
    const args = [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'renderer/vite.config.ts',
      '--mode',
      page,
      '--logLevel',
      'warn',
    ];
    if (!run(join(root, 'node_modules/.bin/node'), args).ok)
      fail(`the ${page} page did not build; the message is above.`);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, want);
  say(`[set-up] pages: built in ${Math.round((Date.now() - started) / 1000)} s`);
}

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old: this needs Node 20 or newer to begin with.`);
dependencies();
systemPackages();
if (NEEDS_PAGES.includes(purpose)) pages();
