// Bundles and runs all.ts: node test/mutations/all.mjs [part of a document's name]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const outfile = fileURLToPath(new URL('../../test-artifacts/mutations.mjs', import.meta.url));
const entryPoints = [fileURLToPath(new URL('all.ts', import.meta.url))];
await esbuild.build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'es2022', packages: 'external' });
process.exitCode = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd, stdio: 'inherit' }).status ?? 1;
