// Measures what the budgets name, as ratios to KaTeX rendering the same formulas in the same run, and fails where one is exceeded.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import katex from 'katex';
import { Bench } from 'tinybench';
import { type Analysis, analyze, diagnostics, evaluateValues, type Input } from '../../server/language/index.js';
import { gradientRatio } from './gradient.js';
import { benchText } from './text.js';

const formulaCount = 5000;
/** How many diagnostics are published at once. */
const published = 1000;
const { text, formulas } = benchText(formulaCount, 50);
const rows: { what: string; measured: string; budget: string; held: boolean }[] = [];

const inputOf = (cell: string): Input => ({ path: 'bench.md', language: 'markdown', notebook: false, cells: [cell] });

function finish(analysis: Analysis): Analysis {
  const steps = evaluateValues(analysis);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** One round of everything: what else the machine does in the meantime concerns all of it alike. */
async function round(warmup: boolean): Promise<Readonly<Record<string, number>>> {
  const bench = new Bench({ time: 0, iterations: 1, warmup, warmupIterations: 1, warmupTime: 0 });
  bench.add('katex', () => {
    for (const formula of formulas) katex.renderToString(formula, { throwOnError: false });
  });
  bench.add('check', () => void analyze(inputOf(text), { values: false }));
  bench.add('values', () => void finish(analyze(inputOf(text), { values: true })));
  bench.add('twice', () => void analyze(inputOf(benchText(2 * formulaCount, 100).text), { values: false }));
  await bench.run();
  return Object.fromEntries(bench.tasks.map(({ name, result }) => [name, result.state === 'completed' ? result.latency.p50 : Number.NaN]));
}

const rounds = [await round(true)];
while (rounds.length < 7) rounds.push(await round(false));
const ratio = (what: string, of: string): number =>
  percentile(
    rounds.map((r) => (r[what] ?? Number.NaN) / (r[of] ?? Number.NaN)),
    0.5,
  );
const rendering = percentile(
  rounds.map((r) => r.katex ?? Number.NaN),
  0.5,
);
row('checking, values off, of KaTeX', ratio('check', 'katex'), 0.2);
row('checking with values, of KaTeX', ratio('values', 'katex'), 3);
row('twice the formulas, of one', ratio('twice', 'check'), 2.4);
keystrokes('keystroke that declares nothing, in formulas rendered', 'a step of descent', 100, 200);
row('declaration changed, ms', percentile(declarationEdits(10), 0.5), 250);
const memory = await serverMemory();
row('memory of the server with the document open, MB', memory.open, 200);
row('the same when the values are in, MB', memory.valued, 200);
row('server start, of a Node process that answers the same', await serverStart(), 2);

const first = analyze(inputOf(text), { values: false });
console.log(`gradient of the 2-3-2 network: ${gradientRatio().toFixed(1)} times the same in plain loops`);
console.log(`${(text.length / 1e6).toFixed(2)} MB, ${formulas.length} formulas, ${diagnostics(first).length} findings`);
console.log(`KaTeX: ${rendering.toFixed(0)} ms, ${((1000 * rendering) / formulas.length).toFixed(0)} µs a formula\n`);
for (const { what, measured, budget, held } of rows)
  console.log(`${held ? 'held    ' : 'EXCEEDED'} ${what.padEnd(58)} ${measured.padStart(8)} of ${budget}`);
if (rows.some(({ held }) => !held)) process.exitCode = 1;

function row(what: string, measured: number, budget: number): void {
  rows.push({ what, measured: measured.toFixed(2), budget: String(budget), held: measured <= budget });
}

/** Median and 99th percentile of edits in the middle of the text, in units of one formula rendered. */
function keystrokes(what: string, place: string, budget: number, count: number): void {
  const formula = rendering / formulas.length;
  const times = edits(count, (n) => insertAt(text, text.indexOf(place, text.length / 2), 'x'.repeat(1 + (n % 2))));
  row(`${what}, median`, percentile(times, 0.5) / formula, budget);
  row(`${what}, 99th`, percentile(times, 0.99) / formula, 3 * budget);
}

function declarationEdits(count: number): number[] {
  return edits(count, (n) => text.replace('n_l × n_{l-1}', n % 2 ? 'n_l × n_{l-1}' : 'm_l × m_{l-1}'));
}

function edits(count: number, edited: (n: number) => string): number[] {
  let analysis = analyze(inputOf(text), { values: false }, null);
  return Array.from({ length: count }, (_, n) => {
    const input = inputOf(edited(n));
    const start = performance.now();
    analysis = analyze(input, { values: false }, analysis);
    diagnostics(analysis, published);
    return performance.now() - start;
  });
}

/** From the start of a process until it answers, for the server and for a Node process that does only that. */
async function serverStart(): Promise<number> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const bare = "process.stdin.once('data',()=>process.stdout.write('{}'))";
  const time = (args: string[]): Promise<number> =>
    new Promise((resolve) => {
      const start = performance.now();
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      child.stdout.once('data', () => {
        resolve(performance.now() - start);
        child.kill();
      });
      child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    });
  const server = join(process.cwd(), 'dist', 'server', 'node.cjs');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let n = 0; n < 9; n++) {
    ours.push(await time([server, '--stdio']));
    theirs.push(await time(['-e', bare]));
  }
  return percentile(ours, 0.5) / percentile(theirs, 0.5);
}

/** Opens the document in a server, waits for its diagnostics, types, and asks how much memory it holds, then and with the values. */
async function serverMemory(): Promise<{ readonly open: number; readonly valued: number }> {
  const server = spawn(process.execPath, [join(process.cwd(), 'dist', 'server', 'node.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const sent = (...parts: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      let seen = '';
      const listen = (data: Buffer): void => {
        seen += data.toString();
        if (!parts.every((part) => seen.includes(part))) return;
        server.stdout.off('data', listen);
        resolve();
      };
      server.stdout.on('data', listen);
    });
  const diagnosed = (version: number): Promise<void> => sent('publishDiagnostics', `"version":${version}`);
  const uri = 'file:///bench.md';
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  send({ method: 'initialized', params: {} });
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'markdown', version: 1, text } } });
  await diagnosed(1);
  const start = { line: 12, character: 3 };
  for (let version = 2; version < 40; version++) {
    send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri, version }, contentChanges: [{ range: { start, end: start }, text: 'x' }] },
    });
    await diagnosed(version);
  }
  const resident = (): number => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  };
  const open = resident();
  await sent('conformable/status', '"values":true');
  const valued = resident();
  server.kill();
  return { open, valued };
}

function percentile(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? Number.NaN;
}

function insertAt(whole: string, offset: number, inserted: string): string {
  return whole.slice(0, offset) + inserted + whole.slice(offset);
}
