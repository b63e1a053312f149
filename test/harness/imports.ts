// Which module imports what, read from the text of TypeScript files: imports of values and of types, re-exports, import().

export interface Import {
  /** The file that imports, from the project's root, with `/`. */
  readonly from: string;
  /** The file that is imported, or a package as it is written (`yaml`, `node:fs`). */
  readonly to: string;
  readonly relative: boolean;
}

const comments = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g;
const specifiers =
  /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;

/** All imports of one file. */
export function importsOf(from: string, source: string): readonly Import[] {
  return [...source.replace(comments, '').matchAll(specifiers)].map(([, a, b, c]) => {
    const written = a ?? b ?? c ?? '';
    const relative = written.startsWith('.');
    return { from, to: relative ? resolve(from, written) : written, relative };
  });
}

function resolve(from: string, written: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const step of written.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/').replace(/\.js$/, '.ts');
}

/** A file or folder of the table and what it may import: layers by their names, packages as they are written, `*` at the end for any ending. */
export interface Layer {
  readonly name: string;
  readonly folder: string;
  readonly layers: readonly string[];
  readonly packages: readonly string[];
}

/** The table of layers in a Markdown page: layer | folder | may import | does not know. Packages and folders stand in backticks. */
export function readLayers(page: string): readonly Layer[] {
  const rows = page.split(/\r?\n/);
  const head = rows.findIndex((line) => /^\|\s*layer\s*\|\s*folder\s*\|\s*may import\s*\|/i.test(line));
  if (head < 0) return [];
  const layers: Layer[] = [];
  for (const line of rows.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const [name = '', folder = '', may = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    layers.push({
      name,
      folder: folder.replace(/`/g, ''),
      layers: (may.replace(/`[^`]*`/g, '').match(/[\w-]+/g) ?? []).filter((l) => l !== 'nothing'),
      packages: [...may.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? ''),
    });
  }
  return layers;
}

const holds = (layer: Layer, file: string): boolean => (layer.folder.endsWith('/') ? file.startsWith(layer.folder) : file === layer.folder);

export const layerOf = (layers: readonly Layer[], file: string): Layer | undefined => layers.find((l) => holds(l, file));

const allows = (layer: Layer, written: string): boolean =>
  layer.packages.some((p) => (p.endsWith('*') ? written.startsWith(p.slice(0, -1)) : written === p));

/** What the table does not allow, one line each. */
export function breaches(layers: readonly Layer[], imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ from, to, relative }) => {
    const own = layerOf(layers, from);
    if (!own) return [`${from} is in no layer`];
    if (!relative) return allows(own, to) ? [] : [`${from} imports ${to}, which ${own.name} may not`];
    const other = layerOf(layers, to);
    if (!other) return [`${from} imports ${to}, which is in no layer`];
    return other === own || own.layers.includes(other.name) ? [] : [`${from} imports ${to}: ${own.name} may not import ${other.name}`];
  });
}

/** Files that import one another in a circle, each circle once, as the list of its files. */
export function cycles(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, readonly string[]>();
  for (const { from, to, relative } of imports) if (relative) next.set(from, [...(next.get(from) ?? []), to]);
  const found: (readonly string[])[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

/** Whether the core would see an editor or a machine. */
export const isImpure = ({ from, to }: Import): boolean => from.startsWith('server/language/') && /^(?:vscode|node:)/.test(to);
