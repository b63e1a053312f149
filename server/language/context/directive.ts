// Reads directives: the YAML of comments, front matter and configuration files. What is wrong is told at its place, the rest still counts.
import { toDocumentSpan } from '../document/offsets.js';
import type { DirectiveSource } from '../document/types.js';
import type { Expr, Name } from '../expr.js';
import { covers, type Span } from '../text.js';
import { KEYS } from './directive/keys.js';
import type { DirectiveReading, DirectiveSettings } from './directive/reading.js';
import { unknown } from './directive/spelling.js';
import { readYaml, type Value, type Yaml } from './directive/yaml.js';
import type { Fact } from './facts.js';

export type { DirectiveSettings };

export interface DirectiveMistake {
  readonly span: Span;
  readonly message: string;
}

export interface Directive {
  readonly facts: Fact[];
  readonly settings: DirectiveSettings;
  readonly mistakes: DirectiveMistake[];
}

type ParseName = (tex: string) => Name | undefined;
type ParseDim = (text: string) => Expr | undefined;

/** The spans of facts and mistakes are of the document. */
export function readDirective(source: DirectiveSource, parseName: ParseName, parseDim: ParseDim): Directive {
  if (source.origin === 'front-matter' && !source.yaml.includes('conformable')) return { facts: [], settings: {}, mistakes: [] };
  const place = (span: Span): Span => toDocumentSpan(source.map, span);
  return read(readYaml(source.yaml), source.origin === 'front-matter' ? ownLines(source.yaml) : undefined, place, parseName, parseDim);
}

/** The same keys in a `conformable.yaml`; spans are of that file. */
export const readConfiguration = (yaml: string, parseName: ParseName, parseDim: ParseDim): Directive =>
  read(readYaml(yaml.replace(/^\uFEFF/, ' ')), undefined, (span) => span, parseName, parseDim);

/** `own`: of a front matter, the lines that are ours; whatever else stands in it belongs to others. */
function read(yaml: Yaml, own: Span | undefined, place: (span: Span) => Span, name: ParseName, dim: ParseDim): Directive {
  const facts: Fact[] = [];
  const mistakes: DirectiveMistake[] = [];
  let settings: DirectiveSettings = {};
  const cx: DirectiveReading = {
    name,
    dim,
    place,
    fact: (fact) => facts.push(fact),
    mistake: (span, message) => mistakes.push({ span: place(span), message }),
    set: (more) => {
      settings = { ...settings, ...more };
    },
  };
  for (const { span, message } of yaml.mistakes) if (!own || covers(own, span)) cx.mistake(span, message);
  readKeys(own ? ownPart(yaml.root) : yaml.root, cx);
  mistakes.sort((a, b) => a.span.start - b.span.start);
  return { facts, settings, mistakes };
}

/** What stands under `conformable:` in a front matter. */
function ownPart(root: Value): Value {
  const entry = root.kind === 'map' ? root.entries.find((e) => e.key === 'conformable') : undefined;
  return entry?.value ?? { kind: 'nothing', span: { start: 0, end: 0 } };
}

/** The line `conformable:` with the indented lines below it. */
function ownLines(yaml: string): Span {
  const found = /^conformable[ \t]*:.*(?:\r?\n(?:[ \t].*)?)*/m.exec(yaml);
  return found ? { start: found.index, end: found.index + found[0].length } : { start: 0, end: 0 };
}

function readKeys(value: Value, cx: DirectiveReading): void {
  if (value.kind === 'nothing') return;
  if (value.kind !== 'map') {
    cx.mistake(value.span, 'A directive is made of keys with values, such as layout: denominator.');
    return;
  }
  for (const entry of value.entries) {
    const reader = Object.hasOwn(KEYS, entry.key) ? KEYS[entry.key] : undefined;
    if (reader) reader(entry, cx);
    else cx.mistake(entry.keySpan, unknown('key', entry.key, Object.keys(KEYS)));
  }
}
