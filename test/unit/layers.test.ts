// The layers of docs/architecture.md: the page's table and all imports, of types too, say the same; no file imports itself in a circle.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, cycles, type Import, importsOf, isImpure, type Layer, layerOf, readLayers } from '../harness/imports.js';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const layers = readLayers(page);

const files = ['server', 'client'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts'))
    .map((f) => `${folder}/${f.replaceAll('\\', '/')}`),
);
const imports = files.flatMap((f) => importsOf(f, readFileSync(join(root, f), 'utf8')));

describe('the table of layers', () => {
  test('is there, and every file is in one layer', () => {
    expect(layers.length).toBeGreaterThan(15);
    expect(files.filter((f) => layers.filter((l) => layerOf([l], f)).length !== 1)).toEqual([]);
  });

  test('has no layer without files, and names only layers that it has', () => {
    expect(layers.filter((l) => !files.some((f) => layerOf([l], f))).map((l) => l.name)).toEqual([]);
    const names = layers.map((l) => l.name);
    expect(layers.flatMap((l) => l.layers).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('goes downward only: no layer may import one that stands below it in the table', () => {
    const place = new Map(layers.map((l, i) => [l.name, i]));
    const upward = layers.flatMap((l, i) => l.layers.filter((name) => (place.get(name) ?? 0) >= i).map((name) => `${l.name} → ${name}`));
    expect(upward).toEqual([]);
  });

  test('allows nothing that nobody does', () => {
    const used = (l: Layer, what: string): boolean =>
      imports.some(
        (i) =>
          layerOf([l], i.from) &&
          (i.relative ? layerOf(layers, i.to)?.name === what : i.to === what || (what.endsWith('*') && i.to.startsWith(what.slice(0, -1)))),
      );
    expect(
      layers.flatMap((l) => [...l.layers, ...l.packages].filter((what) => !used(l, what)).map((what) => `${l.name} → ${what}`)),
    ).toEqual([]);
  });

  test('keeps shapes and numbers apart', () => {
    const above = (name: string): readonly string[] => layers.filter((l) => l.layers.includes(name)).map((l) => l.name);
    expect(above('numeric')).not.toContain('shapes');
    expect(above('shapes')).not.toContain('numeric');
  });
});

describe('the imports', () => {
  test('keep to the table', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(breaches(layers, imports)).toEqual([]);
  });

  test('make no circle of files', () => {
    expect(cycles(imports)).toEqual([]);
  });

  test('of the language core name no editor and no machine', () => {
    expect(imports.filter(isImpure)).toEqual([]);
    const bare = new Set(builtinModules);
    expect(imports.filter((i) => i.from.startsWith('server/language/') && !i.relative && bare.has(i.to))).toEqual([]);
  });
});

describe('a violation is seen', () => {
  const plant = (from: string, source: string): readonly Import[] => [...imports, ...importsOf(from, source)];

  test.each([
    ['a value', "import { report } from '../present/report.js';"],
    ['a type', "import type { Analysis } from '../model.js';"],
    ['a type among values', "import {\n  type Analysis,\n} from '../model.js';"],
    ['a re-export', "export { reportOf } from '../present/report.js';"],
    ['a type named in place', "type A = import('../model.js').Analysis;"],
    ['for its effect', "import '../index.js';"],
    ['late', "const m = await import('../index.js');"],
    ['a package', "import { Matrix } from 'ml-matrix';"],
    ['the other oracle', "import { evaluate } from '../numeric/index.js';"],
  ])('upward or sideways: %s', (_, source) => {
    expect(breaches(layers, plant('server/language/shapes/planted.ts', source))).toHaveLength(1);
  });

  test('in a circle', () => {
    const both = [
      ...plant('server/language/shapes/a.ts', "import { b } from './b.js';"),
      ...importsOf('server/language/shapes/b.ts', "export type { A } from './a.js';"),
    ];
    expect(cycles(both)).toEqual([['server/language/shapes/a.ts', 'server/language/shapes/b.ts', 'server/language/shapes/a.ts']]);
  });

  test.each(['vscode', 'vscode-languageserver', 'node:fs', 'node:worker_threads'])('in the core: %s', (name) => {
    expect(plant('server/language/present/planted.ts', `import * as it from '${name}';`).filter(isImpure)).toHaveLength(1);
  });

  test('in a file that no layer holds', () => {
    expect(breaches(layers, importsOf('server/language/elsewhere/x.ts', "import '../text.js';"))).toEqual([
      'server/language/elsewhere/x.ts is in no layer',
    ]);
  });

  test('but not in a comment', () => {
    expect(importsOf('server/language/shapes/planted.ts', "// import '../index.js';\n/* import x from 'vscode'; */")).toEqual([]);
  });
});
