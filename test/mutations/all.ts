// Runs all mutants (or those of documents whose name holds the argument), prints the table, and writes a line for each to test-artifacts/mutants.txt.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf, prepare, runMutant, sharesOf, tableOf, wordResult } from './run.js';

const folder = join(process.cwd(), 'test', 'documents', 'correct');
const part = process.argv[2] ?? '';
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.md') && f.includes(part))
  .sort();
const results = files.flatMap((file) => {
  const prepared = prepare(file, readFileSync(join(folder, file), 'utf8'));
  return prepared.mutants.map((mutant) => runMutant(prepared, mutant));
});
const { reported, refuted } = sharesOf(countOf(results));
console.log(tableOf(results));
const missed = new Map<string, number>();
for (const r of results.filter((one) => one.outcome === 'not refuted')) {
  const name = `${r.document}: ${r.reason}`;
  missed.set(name, (missed.get(name) ?? 0) + 1);
}
for (const [name, count] of [...missed].sort((a, b) => b[1] - a[1])) console.log(`not refuted: ${count} × ${name}`);
console.log(`\nreported on the changed place ${(100 * reported).toFixed(1)} %, refuted ${(100 * refuted).toFixed(1)} %`);
mkdirSync('test-artifacts', { recursive: true });
writeFileSync(join('test-artifacts', 'mutants.txt'), `${results.map(wordResult).join('\n')}\n`);
