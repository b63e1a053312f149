// The server's main in a web worker, as in VS Code for the Web. There is no file system; the client sends conformable.yaml.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { Runtime } from './runtime.js';
import { startServer } from './server.js';

const scope = self as unknown as DedicatedWorkerGlobalScope;
startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), browserRuntime());

function browserRuntime(): Runtime {
  const queue: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => queue.shift()?.();
  return {
    defer: (work) => {
      queue.push(work);
      port2.postMessage(null);
    },
    delay: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
