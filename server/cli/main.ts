#!/usr/bin/env node
// The command line: which command runs, and the exit status. The commands are loaded when they are called; the server is a bundle of its own, beside this one.
import { type Arguments, parseArguments, usage, version } from './arguments.js';

const unusable = 2;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

if (process.argv[2] === 'lsp') await import(new URL('./server/node.cjs', import.meta.url).href);
else process.exitCode = await run(parseArguments(process.argv.slice(2)));

async function run(args: Arguments | { error: string }): Promise<number> {
  if ('error' in args) {
    process.stderr.write(`conformable: ${args.error}\n\n${usage}`);
    return unusable;
  }
  switch (args.command) {
    case 'help':
      return say(usage);
    case 'version':
      return say(`${version}\n`);
    case 'check':
      return (await import('./check.js')).check(args);
    case 'eval':
      return (await import('./ask.js')).evaluate(args);
    case 'shapes':
      return (await import('./ask.js')).shapes(args);
  }
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}
