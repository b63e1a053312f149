// Completes package-lock.json after `npm install`: npm leaves out the optional packages of other platforms if it could not see them,
// and `npm ci` then refuses the file, on every platform. Their versions are those that the packages that want them name.
import { readFile, writeFile } from 'node:fs/promises';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(await readFile(path, 'utf8'));
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages))
  for (const [name, range] of Object.entries(optionalDependencies)) if (!find(parent, name)) add(name, range, dev);

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`);

/** Where Node would find a package from another one's place. */
function find(from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const entry = lock.packages[place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`];
    if (entry || place === '') return entry;
  }
}

function add(name, range, dev) {
  const words = name === 'fsevents' ? ['darwin'] : name.split(/[/-]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = [...words.filter((word) => processors.includes(word)), ...(/arm-(gnu|musl|e)/.test(name) ? ['arm'] : [])];
  const libc = /musl/.test(name) ? ['musl'] : /linux.*gnu/.test(name) ? ['glibc'] : [];
  const version = range.replace(/^[\^~>=v]+/, '');
  lock.packages[`node_modules/${name}`] = {
    version,
    ...(cpu.length > 0 ? { cpu: [...new Set(cpu)] } : {}),
    ...(dev ? { dev } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
  console.log(`added ${name} ${version} ${[...os, ...cpu, ...libc].join(' ')}`);
}
