// The files beside the open documents: each folder's conformable.yaml, and what documents include. Open texts go before those on disk.
import type { Settings } from '../language/index.js';
import type { Runtime } from './runtime.js';
import { type ClientSettings, configFor } from './settings.js';
import type { Source } from './source.js';

export interface Files {
  /** The folders of the workspace; their conformable.yaml are read, unless a client sends them. */
  setFolders(uris: readonly string[], readConfigs: boolean): void;
  setConfig(uri: string, text: string | null): void;
  /** What the document's analysis is to rest on. */
  settingsFor(source: Source, settings: ClientSettings): Settings;
  /** Whether the document has read that file. */
  reads(source: Source, uri: string): boolean;
}

export function createFiles(runtime: Runtime, openText: (uri: string) => string | undefined): Files {
  const configs = new Map<string, string>();
  const read = new Map<string, Set<string>>();
  let folders: readonly string[] = [];

  const setConfig = (uri: string, text: string | null): void => {
    if (text === null) configs.delete(uri);
    else configs.set(uri, text);
  };

  const inReach = (uri: string, source: Source): boolean => {
    const roots = folders.length > 0 ? folders : [new URL('.', source.uri).href];
    return roots.some((root) => uri.startsWith(root.endsWith('/') ? root : `${root}/`));
  };

  const include = (source: Source, name: string): string | undefined => {
    if (!URL.canParse(encodeURI(name), source.uri)) return undefined;
    const { href } = new URL(encodeURI(name), source.uri);
    if (!inReach(href, source)) return undefined;
    read.set(source.uri, (read.get(source.uri) ?? new Set<string>()).add(href));
    return openText(href) ?? runtime.readFile?.(href);
  };

  return {
    setFolders(uris, readConfigs) {
      folders = uris;
      for (const folder of readConfigs ? uris : []) {
        const uri = `${folder.replace(/\/$/, '')}/conformable.yaml`;
        setConfig(uri, runtime.readFile?.(uri) ?? null);
      }
    },
    setConfig,
    settingsFor(source, settings) {
      const config = configFor(source, configs);
      return { ...settings, ...(config ? { config } : {}), readFile: (name) => include(source, name) };
    },
    reads: (source, uri) => read.get(source.uri)?.has(uri) ?? false,
  };
}
