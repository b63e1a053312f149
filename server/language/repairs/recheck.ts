// Where a statement teaches shapes to the rest of the document, a repair of it is judged by reading the whole document again.
import { type CheckedStatement, check } from '../analysis/analysis.js';
import { newMemory } from '../analysis/memory.js';
import { chosen, conflictsOf } from '../analysis/statements.js';
import { actualSpan, readDocument } from '../document/index.js';
import type { Analysis } from '../model.js';
import type { Conflict } from '../shapes/candidate.js';
import { applyEdits, covers, type Edit } from '../text.js';

/** Beyond this the statement's own place must do. */
const longest = 60_000;
const mostStatements = 300;

/** Whether shapes are learned from the statement itself, so that a repair changes what surrounds it. */
export function teaches(s: CheckedStatement): boolean {
  const own = s.place(s.statement.span);
  for (const c of chosen(s.inferred.members)) {
    if (c.expr.kind === 'symbol' && c.rule === 'unknown') return true;
    const found = c.detail?.kind === 'found' ? c.detail.found : undefined;
    if (found?.at && (found.from === 'definition' || found.from === 'use') && covers(own, found.at)) return true;
  }
  return conflictsOf(s.inferred).some((c) => !c.solid);
}

/** Whether the document has fewer mistakes of the target's kind and no more in all, once the edits are made. */
export function improves(analysis: Analysis, edits: readonly Edit[], target: Conflict | undefined): boolean {
  if (analysis.text.length > longest || analysis.checked.statements.length > mostStatements) return true;
  const { document, statements, memory } = analysis.checked;
  const after = check(
    readDocument(
      document.kind,
      applyEdits(
        analysis.text,
        edits.map((e) => ({ ...e, span: actualSpan(document, e.span) })),
      ),
    ),
    analysis.settings,
    newMemory(memory.trees),
  );
  const before = countsOf(statements, target);
  const now = countsOf(after.statements, target);
  return target ? now.same < before.same && now.solid <= before.solid - (target.solid ? 1 : 0) : now.all <= before.all;
}

function countsOf(statements: readonly CheckedStatement[], target: Conflict | undefined): { same: number; solid: number; all: number } {
  const conflicts = statements.flatMap((s) => conflictsOf(s.inferred));
  return {
    same: conflicts.filter((c) => c.code === target?.code).length,
    solid: conflicts.filter((c) => c.solid).length,
    all: conflicts.length,
  };
}
