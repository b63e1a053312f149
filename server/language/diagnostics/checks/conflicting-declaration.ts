// Two declarations of equal strength in one section that contradict one another, and texts that contradict a directive.

import { type Declared, shapeOfWritten } from '../../context/resolve.js';
import { shapesFit } from '../../shapes/match.js';
import type { Shape } from '../../shapes/shape.js';
import type { Check, Found } from '../check.js';

export const conflictingDeclaration: Check = {
  code: 'conflicting-declaration',
  severity: 'warning',
  find: ({ env }) => {
    const stated = env.declared().filter((d) => d.written && (d.from === 'directive' || d.from === 'declaration' || d.from === 'prose'));
    const shape = (d: Declared): Shape | undefined => d.shape ?? (d.written && shapeOfWritten(d.written, new Map(), env.fresh));
    const byKey = new Map<string, Declared[]>();
    for (const d of stated) byKey.set(d.name.key, [...(byKey.get(d.name.key) ?? []), d]);
    return [...byKey.values()].flatMap((list) =>
      list.flatMap((d, i): Found[] => {
        const own = shape(d);
        const rival = list
          .slice(0, i)
          .reverse()
          .find((o) => contradicts(o, d) && !shapesFit(shape(o), own));
        const other = rival && shape(rival);
        return own && rival && other && d.at.start >= 0
          ? [{ span: d.at, data: { kind: 'declaration', name: d.name.key, shape: own, other, otherAt: rival.at } }]
          : [];
      }),
    );
  },
};

/** Of equal strength in one section, or a text against a directive that holds there. */
const contradicts = (earlier: Declared, later: Declared): boolean =>
  earlier.from === 'directive' ? later.from !== 'directive' : earlier.from === later.from && earlier.section === later.section;
