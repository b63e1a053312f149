// Builds everything that runs: the command line, the server and the client, the latter two for Node and for web workers.
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const common = {
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: 'es2022',
  logLevel: 'warning',
};
/** VS Code loads extensions as CommonJS, in both hosts. */
const commonJs = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' } };
const require = "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);";

/**
 * The server in Node answers `initialize` before it reads the language core, which is most of it: a bundle of its own, whose functions
 * load it when the first of them is called.
 */
async function buildNodeServer(outdir) {
  const language = { entryPoints: { 'server/language': 'server/language/index.ts' } };
  await esbuild.build({ ...commonJs, ...language, outdir, platform: 'node' });
  const core = createRequire(import.meta.url)(resolve(common.absWorkingDir, outdir, 'server', 'language.cjs'));
  const later = Object.entries(core).map(([name, value]) =>
    typeof value === 'function'
      ? `export const ${name} = (...values) => core().${name}(...values);`
      : `export const ${name} = ${JSON.stringify(value)};`,
  );
  const contents = ["let loaded;\nconst core = () => (loaded ??= require('./language.cjs'));", ...later].join('\n');
  const whenCalled = {
    name: 'language-when-called',
    setup(building) {
      building.onLoad({ filter: /server[\\/]language[\\/]index\.ts$/ }, () => ({ contents, loader: 'js' }));
      building.onResolve({ filter: /^\.\/language\.cjs$/ }, ({ path }) => ({ path, external: true }));
    },
  };
  await esbuild.build({
    ...commonJs,
    outdir,
    platform: 'node',
    entryPoints: { 'server/node': 'server/lsp/node.ts' },
    plugins: [whenCalled],
  });
}

export async function build(outdir) {
  await rm(outdir, { recursive: true, force: true });
  const cli = { cli: 'server/cli/main.ts', 'cli/worker': 'server/cli/worker.ts' };
  await Promise.all([
    esbuild.build({
      ...common,
      outdir,
      platform: 'node',
      format: 'esm',
      splitting: true,
      chunkNames: 'cli/[name]-[hash]',
      entryPoints: cli,
      banner: { js: require },
    }),
    buildNodeServer(outdir),
    esbuild.build({ ...common, outdir, platform: 'browser', format: 'iife', entryPoints: { 'server/browser': 'server/lsp/browser.ts' } }),
    esbuild.build({ ...commonJs, outdir, platform: 'node', entryPoints: { 'client/node': 'client/node.ts' }, external: ['vscode'] }),
    esbuild.build({
      ...commonJs,
      outdir,
      platform: 'browser',
      entryPoints: { 'client/browser': 'client/browser.ts' },
      external: ['vscode'],
    }),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build('dist');
