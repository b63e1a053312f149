// Reads a document and what belongs to it: the text, the conformable.yaml that holds for it, the files that it includes.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Input, inputOf, type Settings } from '../language/index.js';
import type { Reading } from './arguments.js';

/** What cannot be read, with a sentence that says why. */
export interface Unreadable {
  readonly path: string;
  readonly error: string;
}

const configName = 'conformable.yaml';

export async function readDocument(path: string): Promise<Input | Unreadable> {
  try {
    return toInput(path, await readFile(path));
  } catch (error) {
    return { path, error: reasonOf(error) };
  }
}

/** Standard input, under the name that it goes by. */
export async function readStandardInput(name: string): Promise<Input | Unreadable> {
  try {
    return toInput(name, await buffer(process.stdin));
  } catch (error) {
    return { path: name, error: reasonOf(error) };
  }
}

/** Throws what the file system throws, of the file that was named by the user. */
export function settingsFor(path: string, { layout, config, values }: Reading): Settings {
  const found = config ?? findUpward(resolve(dirname(path)));
  return {
    ...(layout ? { layout } : {}),
    ...(found === undefined ? {} : { config: { path: found, text: readFileSync(found, 'utf8') } }),
    values,
    readFile: (name) => readIncluded(resolve(dirname(path), name)),
  };
}

export const isUnreadable = (input: object): input is Unreadable => 'error' in input;

/** A sentence for what a file system throws. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'there is no such file',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not valid UTF-8',
    ERR_FS_FILE_TOO_LARGE: 'it is too large',
    ERR_STRING_TOO_LONG: 'it is too large',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

function toInput(path: string, bytes: Buffer): Input | Unreadable {
  if (bytes.includes(0)) return { path, error: 'it is a binary file' };
  const input = inputOf(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return 'error' in input ? { path, error: input.error } : input;
}

function findUpward(folder: string): string | undefined {
  const candidate = join(folder, configName);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : findUpward(parent);
}

function readIncluded(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
