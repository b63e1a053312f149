// `conformable check`: finds the documents, checks them, reports in the format asked for and gives the exit status.
import type { CheckArguments } from './arguments.js';
import { findDocuments } from './find.js';
import { checkFiles } from './pool.js';
import { progress } from './progress.js';
import { isUnreadable, readStandardInput, type Unreadable } from './read.js';
import { github } from './reporters/github.js';
import { json } from './reporters/json.js';
import type { Reporter } from './reporters/reporter.js';
import { sarif } from './reporters/sarif.js';
import { text } from './reporters/text.js';
import { checkInput, type Result } from './result.js';
import { add, nothing, stats, type Totals } from './totals.js';

const standardInput = '-';

export async function check(args: CheckArguments): Promise<number> {
  const named = args.paths.filter((path) => path !== standardInput);
  const { files, unreadable } = named.length > 0 || args.paths.length === 0 ? findDocuments(named) : { files: [], unreadable: [] };
  const reporter = reporterFor(args);
  const totals = await run(args, files, reporter);
  totals.unreadable.push(...unreadable);
  process.stdout.write(reporter.end(totals));
  for (const { path, error } of totals.unreadable) process.stderr.write(`conformable: ${path}: ${error}\n`);
  if (args.stats) process.stderr.write(stats(totals));
  return exitStatus(totals, args.maxWarnings);
}

async function run(args: CheckArguments, files: readonly string[], reporter: Reporter): Promise<Totals> {
  const totals = nothing(performance.now());
  const shown = progress(files.length);
  process.stdout.write(reporter.begin());
  const take = (result: Result | Unreadable): void => {
    shown.clear();
    if (isUnreadable(result)) totals.unreadable.push(result);
    else process.stdout.write(reporter.document(result, totals.documents));
    if (!isUnreadable(result)) add(totals, result);
    shown.step(result.path);
  };
  const wanted = { layout: args.layout, config: args.config, values: args.values, whole: args.format === 'json' };
  if (args.paths.includes(standardInput)) {
    const name = args.stdinFilename ?? 'stdin.md';
    const input = await readStandardInput(name);
    take(isUnreadable(input) ? input : checkInput(name, input, wanted));
  }
  for await (const result of checkFiles(files, wanted)) take(result);
  shown.clear();
  return totals;
}

function reporterFor({ format }: CheckArguments): Reporter {
  return { text: () => text(process.stdout.isTTY && !process.env.NO_COLOR), json, sarif, github }[format]();
}

function exitStatus(totals: Totals, maxWarnings: number | undefined): number {
  if (totals.unreadable.length > 0) return 2;
  return totals.errors > 0 || totals.warnings > (maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0;
}
