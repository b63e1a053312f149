// The one door: what the language server and the command line may use of the language core.
export type { Layout } from './term.js';
export type { Edit, LineIndex, Position, Span } from './text.js';
export { applyEdits, lineIndex } from './text.js';
export * from './report.js';
