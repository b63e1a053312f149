// What the command line's arguments mean, or what is wrong with them.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Layout } from '../language/index.js';

export const version = '0.1.0';

const formats = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof formats)[number];

/** What every command that reads a document takes. */
export interface Reading {
  readonly layout: Layout | undefined;
  /** Path of a conformable.yaml that stands for those found beside the documents. */
  readonly config: string | undefined;
  readonly values: boolean;
}

export interface CheckArguments extends Reading {
  readonly command: 'check';
  readonly paths: readonly string[];
  readonly format: Format;
  readonly maxWarnings: number | undefined;
  readonly stats: boolean;
  readonly stdinFilename: string | undefined;
}

export interface EvalArguments extends Reading {
  readonly command: 'eval';
  readonly file: string;
}

/** A place counts from 1; `cell` is there for notebooks. */
export interface ShapesArguments extends Reading {
  readonly command: 'shapes';
  readonly file: string;
  readonly cell: number | undefined;
  readonly line: number;
  readonly column: number;
}

export type Arguments = CheckArguments | EvalArguments | ShapesArguments | { readonly command: 'help' | 'version' };

export const usage = `conformable ${version}: checks matrix calculus in Markdown, LaTeX and notebooks

  conformable check [PATH|GLOB …]     check files and folders; "-" is standard input, no path is this folder
  conformable eval FILE               run the network of a document: forward, backward, three checks of each gradient
  conformable shapes FILE:LINE:COL    the shape of the term at a place and why (notebooks: FILE:CELL:LINE:COL)
  conformable lsp --stdio             the language server

  --format text|json|sarif|github     how findings are reported (text)
  --layout numerator|denominator|mixed
  --config FILE                       instead of the conformable.yaml of the document's folder or above
  --max-warnings N                    more warnings than that count as findings
  --no-values                         shapes only, formulas are not evaluated
  --stats                             counts, per document and in all, on standard error
  --stdin-filename NAME               the name that standard input goes by
  --help, --version

Exit status: 0 nothing of severity error, 1 findings, 2 unusable arguments or unreadable input.
`;

const options = {
  format: { type: 'string', default: 'text' },
  layout: { type: 'string' },
  config: { type: 'string' },
  'max-warnings': { type: 'string' },
  'no-values': { type: 'boolean', default: false },
  stats: { type: 'boolean', default: false },
  'stdin-filename': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const satisfies ParseArgsConfig['options'];

const layouts: Readonly<Record<string, Layout>> = {
  numerator: 'numerator',
  jacobian: 'numerator',
  denominator: 'denominator',
  gradient: 'denominator',
  hessian: 'denominator',
  mixed: 'mixed',
};

type Wrong = { readonly error: string };

export function parseArguments(argv: readonly string[]): Arguments | Wrong {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  const [command, ...rest] = parsed.positionals;
  if (parsed.values.version) return { command: 'version' };
  if (parsed.values.help || command === 'help') return { command: 'help' };
  const reading = readingOf(parsed.values);
  if ('error' in reading) return reading;
  switch (command) {
    case 'check':
      return checkArguments(parsed.values, rest, reading);
    case 'eval':
      return rest.length === 1 && rest[0] ? { ...reading, command, file: rest[0] } : { error: 'eval takes one file' };
    case 'shapes':
      return shapesArguments(rest, reading);
    default:
      return { error: command === undefined ? 'a command is missing' : `there is no command "${command}"` };
  }
}

const parse = (argv: readonly string[]) => parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });

type Values = ReturnType<typeof parse>['values'];

function readingOf(values: Values): Reading | Wrong {
  const layout = values.layout === undefined ? undefined : layouts[values.layout];
  if (values.layout !== undefined && !layout) return { error: `--layout is numerator, denominator or mixed, not "${values.layout}"` };
  return { layout, config: values.config, values: !values['no-values'] };
}

function checkArguments(values: Values, paths: readonly string[], reading: Reading): CheckArguments | Wrong {
  const format = formats.find((name) => name === values.format);
  if (!format) return { error: `--format is ${formats.join(', ')}, not "${values.format}"` };
  const limit = values['max-warnings'];
  if (limit !== undefined && !/^\d+$/.test(limit)) return { error: `--max-warnings is a whole number, not "${limit}"` };
  const maxWarnings = limit === undefined ? undefined : Number(limit);
  return { ...reading, command: 'check', paths, format, maxWarnings, stats: values.stats, stdinFilename: values['stdin-filename'] };
}

function shapesArguments(rest: readonly string[], reading: Reading): ShapesArguments | Wrong {
  const place = rest.length === 1 ? /^(.+?)(?::(\d+))?:(\d+):(\d+)$/.exec(rest[0] ?? '') : null;
  const [, file, cell, line, column] = place ?? [];
  if (!file || Number(line) < 1 || Number(column) < 1) return { error: 'shapes takes FILE:LINE:COL, counted from 1' };
  return {
    ...reading,
    command: 'shapes',
    file,
    cell: cell === undefined ? undefined : Number(cell),
    line: Number(line),
    column: Number(column),
  };
}
