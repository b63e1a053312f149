// Tables of what depends on a name, made once for each name. Bounded: a full table begins anew.

export function newTable<T>(most: number): (name: string, make: () => T) => T {
  const known = new Map<string, T>();
  return (name, make) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const made = make();
    known.set(name, made);
    return made;
  };
}

/** What depends on a name and a little more. */
interface Lists<T> {
  readonly find: (name: string, wanted: (one: T) => boolean) => T | undefined;
  readonly add: (name: string, one: T) => void;
}

export function newLists<T>(most: number): Lists<T> {
  const known = new Map<string, T[]>();
  let size = 0;
  return {
    find: (name, wanted) => known.get(name)?.find(wanted),
    add(name, one) {
      if (size++ >= most) {
        known.clear();
        size = 1;
      }
      const list = known.get(name);
      if (list) list.push(one);
      else known.set(name, [one]);
    },
  };
}
