// The word that somebody probably meant: the nearest in spelling.

/** The nearest of the words, if it is near enough to be meant. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(Math.min(wanted.length, 40) / 3)) + 1;
  for (const candidate of words) {
    const distance = candidate.startsWith(wanted) && wanted.length > 2 ? 1 : editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and exchanges of neighbours; `bound` or more is not told apart. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      next.push(value);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? bound;
}

/** `"colums" is no known key. Did you mean "columns"?`, or the list to choose from. */
export function unknown(what: string, word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const choice = words.length > 14 ? '' : ` Use ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}.`;
  return `${shown} is no known ${what}.${meant ? ` Did you mean ${meant}?` : choice}`;
}
