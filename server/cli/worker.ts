// A worker thread that checks the files it is sent, one after another.
import { parentPort, workerData } from 'node:worker_threads';
import { checkFile, type Wanted } from './result.js';

parentPort?.on('message', async (path: string) => parentPort?.postMessage(await checkFile(path, workerData as Wanted)));
