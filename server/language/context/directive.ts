// placeholder until the reader of directives is in place
import type { DirectiveSource } from '../document/types.js';
import type { Expr, Name } from '../expr.js';
import type { Fact } from './facts.js';
export interface DirectiveSettings { [key: string]: unknown }
type Result = { facts: Fact[]; settings: DirectiveSettings; mistakes: { span: { start: number; end: number }; message: string }[] };
export function readDirective(_s: DirectiveSource, _n: (t: string) => Name | undefined, _d: (t: string) => Expr | undefined): Result { return { facts: [], settings: {}, mistakes: [] }; }
export function readConfiguration(_t: string, _n: (t: string) => Name | undefined, _d: (t: string) => Expr | undefined): Result { return { facts: [], settings: {}, mistakes: [] }; }
