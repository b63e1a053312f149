// The server's main in Node: standard streams, a pipe or VS Code's channel, whichever the arguments name; standard streams if none.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Runtime } from './runtime.js';
import { startServer } from './server.js';

const includeLimit = 5 * 1024 * 1024;

const transports = ['--stdio', '--node-ipc', '--pipe', '--socket'];
if (!process.argv.some((argument) => transports.some((transport) => argument.startsWith(transport)))) process.argv.push('--stdio');

startServer(createConnection(ProposedFeatures.all), nodeRuntime());

function nodeRuntime(): Runtime {
  return {
    defer: (work) => void setImmediate(work),
    delay: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    readFile: fileReader(),
    docs: new URL('../../docs/diagnostics', pathToFileURL(__filename)).href,
  };
}

/** Reads files that are there and small enough; a file is read again only when its time or size has changed. */
function fileReader(): (uri: string) => string | undefined {
  const known = new Map<string, { stamp: string; text: string }>();
  return (uri) => {
    try {
      const path = fileURLToPath(uri);
      const { mtimeMs, size } = statSync(path);
      if (size > includeLimit) return undefined;
      const stamp = `${mtimeMs} ${size}`;
      const cached = known.get(path);
      if (cached?.stamp === stamp) return cached.text;
      const text = readFileSync(path, 'utf8');
      known.set(path, { stamp, text });
      return text;
    } catch {
      return undefined;
    }
  };
}
