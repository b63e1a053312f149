// Finds the documents that paths, folders and globs name, without what git ignores. Reads no document.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globBase, globToRegExp, isGlob } from './glob.js';
import { reasonOf, type Unreadable } from './read.js';

const extensions = new Set(['md', 'markdown', 'qmd', 'rmd', 'Rmd', 'tex', 'ipynb']);

export interface Found {
  readonly files: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

/** A name is ignored or, with "!", wanted after all; the last rule that matches decides. */
interface IgnoreRule {
  readonly pattern: RegExp;
  readonly folderOnly: boolean;
  readonly wanted: boolean;
}

/** Files in the order of the arguments, each once; a file that is named outright needs no known extension. */
export function findDocuments(paths: readonly string[]): Found {
  const files = new Set<string>();
  const unreadable: Unreadable[] = [];
  for (const path of paths.length > 0 ? paths : ['']) addPath(path, files, unreadable);
  return { files: [...files], unreadable };
}

function addPath(path: string, files: Set<string>, unreadable: Unreadable[]): void {
  const kind = kindOf(path === '' ? '.' : path);
  if (kind === 'file') files.add(path);
  else if (kind === 'folder') walk(path.replace(/\/+$/, path.startsWith('/') ? '/' : ''), [], (file) => files.add(file), unreadable);
  else if (!isGlob(path)) unreadable.push({ path, error: kind });
  else {
    const pattern = globToRegExp(path);
    const before = files.size;
    walk(globBase(path), [], (file) => pattern.test(file) && files.add(file), unreadable);
    if (files.size === before) unreadable.push({ path, error: 'it matches no document' });
  }
}

/** 'file', 'folder', or a sentence that says why it is neither. */
function kindOf(path: string): string {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return reasonOf(error);
  }
}

function walk(folder: string, above: readonly IgnoreRule[], add: (file: string) => void, unreadable: Unreadable[]): void {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(folder);
  } catch (error) {
    unreadable.push({ path: folder === '' ? '.' : folder, error: reasonOf(error) });
    return;
  }
  const rules = [...above, ...ignoreRules(folder)];
  for (const { name, isFolder } of entries) {
    const path = folder === '' ? name : folder.endsWith('/') ? folder + name : `${folder}/${name}`;
    if (name.startsWith('.') || name === 'node_modules' || isIgnored(path, isFolder, rules)) continue;
    if (isFolder) walk(path, rules, add, unreadable);
    else if (extensions.has(name.slice(name.lastIndexOf('.') + 1))) add(path);
  }
}

/** Links to files count as files; links to folders are not followed, they may lead in circles. */
function list(folder: string): { name: string; isFolder: boolean }[] {
  return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isFile() || (entry.isSymbolicLink() && kindOf(join(folder, entry.name)) === 'file'))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ignoreRules(folder: string): IgnoreRule[] {
  let text: string;
  try {
    text = readFileSync(join(folder, '.gitignore'), 'utf8');
  } catch {
    return [];
  }
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(?<!\\)\s+$/, ''));
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => ignoreRule(line, folder));
}

function ignoreRule(line: string, folder: string): IgnoreRule {
  const wanted = line.startsWith('!');
  const body = line.replace(/^!/, '').replace(/^\\(?=[#!])/, '');
  const folderOnly = body.endsWith('/');
  const name = body.replace(/\/$/, '');
  const anchored = name.includes('/');
  const base = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
  const inside = globToRegExp(anchored ? name.replace(/^\//, '') : `**/${name}`).source.slice(1);
  return { wanted, folderOnly, pattern: new RegExp(`^${base.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}${inside}`, 'u') };
}

function isIgnored(path: string, isFolder: boolean, rules: readonly IgnoreRule[]): boolean {
  const last = rules.findLast((rule) => (isFolder || !rule.folderOnly) && rule.pattern.test(path));
  return last !== undefined && !last.wanted;
}
