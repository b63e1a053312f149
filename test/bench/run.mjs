// Builds the benchmark and what it measures, and runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const outfile = fileURLToPath(new URL('../../test-artifacts/bench.mjs', import.meta.url));
execFileSync(process.execPath, ['esbuild.mjs'], { cwd, stdio: 'inherit' });
const entryPoints = [fileURLToPath(new URL('bench.ts', import.meta.url))];
await esbuild.build({
  entryPoints,
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  packages: 'external',
});
process.exitCode = spawnSync(process.execPath, [outfile], { cwd, stdio: 'inherit' }).status ?? 1;
