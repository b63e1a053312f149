// Settings as a client sends them, and the conformable.yaml of each workspace folder, made into what the language core takes.
import { type Code, codes, type Layout, type Settings, type Severity } from '../language/index.js';
import { pathOf, type Source } from './source.js';

export type ClientSettings = Pick<Settings, 'layout' | 'severities' | 'values'>;

/** Texts of conformable.yaml, by address. */
export type Configs = ReadonlyMap<string, string>;

const layouts: readonly string[] = ['numerator', 'denominator', 'mixed'] satisfies Layout[];
const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies (Severity | 'off')[];

/** Takes what is well-formed of it and passes over the rest. */
export function readSettings(value: unknown): ClientSettings {
  const settings = record(value);
  const layout = settings.layout;
  const rules = Object.entries(record(settings.rules)).filter(([code, severity]) => isCode(code) && isSeverity(severity));
  return {
    ...(typeof layout === 'string' && layouts.includes(layout) ? { layout: layout as Layout } : {}),
    severities: Object.fromEntries(rules) as Partial<Record<Code, Severity | 'off'>>,
    values: settings.valueCheck !== false,
  };
}

/** The conformable.yaml of the innermost folder that holds the document; the only one there is for a document outside of them all. */
export function configFor(source: Source, configs: Configs): Settings['config'] {
  const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);
  const holding = [...configs.keys()].filter((uri) => source.uri.startsWith(folderOf(uri))).sort((a, b) => b.length - a.length);
  const uri = holding[0] ?? (configs.size === 1 ? [...configs.keys()][0] : undefined);
  const text = uri === undefined ? undefined : configs.get(uri);
  return uri === undefined || text === undefined ? undefined : { text, path: pathOf(uri) };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const isCode = (code: string): boolean => (codes as readonly string[]).includes(code);

const isSeverity = (severity: unknown): boolean => typeof severity === 'string' && severities.includes(severity);
