// Subscripts, superscripts and primes, gathered around their base.
import { type Cursor, current, ruleOf, spanFrom } from './cursor.js';
import { COMMAND, PRIME, SUB, SUP, type Token } from './token.js';
import type { Tex } from './tree.js';

/** Scripts around scripts (x^a^b, a mistake) nest no deeper. */
const MAX_SCRIPTS = 8;

/** Scripts and primes, in whatever order, around the node before them. */
export function scripts(c: Cursor, out: Tex[]): void {
  const first = current(c);
  const before = out[out.length - 1];
  const base = before !== undefined && takesScripts(before) ? out.pop() : undefined;
  let sub: readonly Tex[] | undefined;
  let sup: readonly Tex[] | undefined;
  let primes = 0;
  for (;;) {
    const token = current(c);
    const kind = token.kind === COMMAND ? scriptKind(c, token) : token.kind;
    if (kind === PRIME) {
      c.pos++;
      primes++;
    } else if (kind === SUB) {
      if (sub !== undefined) break;
      c.pos++;
      sub = c.argument(c);
    } else if (kind === SUP) {
      if (sup !== undefined) break;
      c.pos++;
      const nodes = c.argument(c);
      let leading = 0;
      for (let n = isPrime(nodes[leading]); n > 0; n = isPrime(nodes[leading])) {
        primes += n;
        leading++;
      }
      if (leading === 0) sup = nodes;
      else if (leading < nodes.length) sup = nodes.slice(leading);
    } else break;
  }
  const read = spanFrom(c, first);
  const span = base !== undefined && base.span.start < read.start ? { start: base.span.start, end: read.end } : read;
  out.push({ kind: 'scripts', base, sub, sup, primes, span });
}

/** Whether scripts may be put around this node. */
function takesScripts(node: Tex): boolean {
  if (node.kind === 'align' || node.kind === 'newline') return false;
  let inner: Tex | undefined = node;
  for (let nested = 0; inner?.kind === 'scripts'; nested++) {
    if (nested === MAX_SCRIPTS) return false;
    inner = inner.base;
  }
  return true;
}

function isPrime(node: Tex | undefined): number {
  if (node?.kind === 'command') return node.name === 'prime' ? 1 : 0;
  return node?.kind === 'scripts' && node.base === undefined && node.sub === undefined && node.sup === undefined ? node.primes : 0;
}

/** \sp, \sb and \_ between scripts. */
function scriptKind(c: Cursor, token: Token): number {
  const rule = ruleOf(token);
  if (rule?.role !== 'script' || (c.word && token.text === '_')) return COMMAND;
  return rule.to === '^' ? SUP : SUB;
}
