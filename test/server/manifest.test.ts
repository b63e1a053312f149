// What package.json says of the extension against what the source says of itself.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from '../../server/cli/arguments.js';
import { codes } from '../../server/language/index.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('the version is the same everywhere', () => {
  expect(version).toBe(manifest.version);
});

test('the severity of every diagnostic can be set, and of no other', () => {
  expect(Object.keys(manifest.contributes.configuration.properties['conformable.rules'].properties).sort()).toEqual([...codes].sort());
});

test('every command has a handler, and every handler is a command', () => {
  const handled = [...read('client/commands.ts').matchAll(/command\('(\w+)'/g)].map(([, name]) => `conformable.${name}`);
  expect(handled.sort()).toEqual(manifest.contributes.commands.map(({ command }: { command: string }) => command).sort());
});

test('the extension starts for every language that it serves', () => {
  const served = /languages = \[(.*?)\]/s.exec(read('client/client.ts'))?.[1]?.match(/\w+/g) ?? [];
  const events = manifest.activationEvents.filter((event: string) => event.startsWith('onLanguage:'));
  expect(events).toEqual(served.map((language) => `onLanguage:${language}`));
});

test('the grammars know the keys of directives', () => {
  const grammar = read('syntaxes/directive.tmLanguage.json');
  for (const key of ['layout', 'shapes', 'network', 'functions', 'assume', 'sizes', 'broadcast', 'value-check', 'rules'])
    expect(grammar).toContain(key);
});
