// Glob patterns of the command line and of .gitignore as regular expressions: *, **, ?, [a-z], {a,b}.

export const isGlob = (path: string): boolean => /[*?[{]/.test(path);

/** Matches whole paths whose parts are joined by "/". */
export function globToRegExp(glob: string): RegExp {
  return new RegExp(`^${source(glob)}$`, 'u');
}

/** The folder that holds whatever the pattern matches. */
export function globBase(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first < 0 ? -1 : first).join('/') || (glob.startsWith('/') ? '/' : '');
}

function source(glob: string): string {
  const token = /\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|\{[^{}]*\}|[\s\S]/gu;
  return glob.replace(token, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1 && part.startsWith('['))
      return `[${part
        .slice(1, -1)
        .replace(/^!/, '^')
        .replace(/[\\[\]&~]/g, '\\$&')}]`;
    if (part.length > 1 && part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(source).join('|')})`;
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
}
