// `conformable eval` and `conformable shapes`: one question about one document.
import { type Analysis, analyze, describeAt, diagnostics, evaluateNetwork, lineIndex } from '../language/index.js';
import type { EvalArguments, Reading, ShapesArguments } from './arguments.js';
import { isUnreadable, readDocument, reasonOf, settingsFor } from './read.js';
import { finish } from './result.js';

export async function evaluate(args: EvalArguments): Promise<number> {
  const analysis = await open(args.file, args);
  if (!analysis) return 2;
  const tables = evaluateNetwork(analysis);
  if ('error' in tables) return complain(`${args.file}: ${tables.error}`, 2);
  process.stdout.write(`${tables.text}\n`);
  const mistakes = diagnostics(analysis).filter((d) => d.code === 'directive' && d.severity === 'error');
  const { positionAt } = lineIndex(analysis.text);
  for (const { span, message } of mistakes) {
    const { line, character } = positionAt(span.start);
    complain(`${args.file}:${line + 1}:${character + 1}: ${message}`, 1);
  }
  return mistakes.length > 0 ? 1 : 0;
}

export async function shapes(args: ShapesArguments): Promise<number> {
  const analysis = await open(args.file, args);
  if (!analysis) return 2;
  const offset = offsetOf(analysis, args);
  if (offset === undefined) return complain(`${args.file}: there is no such place`, 2);
  const text = describeAt(analysis, offset);
  if (text === undefined) return complain(`${args.file}: no term of a formula stands there`, 1);
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

async function open(path: string, reading: Reading): Promise<Analysis | undefined> {
  const input = await readDocument(path);
  if (isUnreadable(input)) {
    complain(`${path}: ${input.error}`, 2);
    return undefined;
  }
  try {
    return finish(analyze(input, settingsFor(path, reading)), reading.values);
  } catch (error) {
    complain(`${path}: its conformable.yaml: ${reasonOf(error)}`, 2);
    return undefined;
  }
}

/** Undefined where the document has no such cell or line, or the line no such column. */
function offsetOf({ input, cellStarts }: Analysis, { cell, line, column }: ShapesArguments): number | undefined {
  const number = (cell ?? 1) - 1;
  const text = input.cells[number];
  const start = cellStarts[number];
  if (text === undefined || start === undefined || (cell !== undefined && !input.notebook)) return undefined;
  const index = lineIndex(text);
  const offset = index.offsetAt({ line: line - 1, character: column - 1 });
  const place = index.positionAt(offset);
  return place.line === line - 1 && place.character === column - 1 ? start + offset : undefined;
}

function complain(message: string, status: number): number {
  process.stderr.write(`conformable: ${message}\n`);
  return status;
}
