// Notebooks: cells of both formats, and a clear sentence for what is no notebook.
import { describe, expect, it } from 'vitest';
import { readNotebook } from '../../../server/language/document/index.js';

describe('readNotebook', () => {
  it('reads format 4, with sources as text or lists', () => {
    const cells = [
      { cell_type: 'markdown', source: ['a\n', '$b$'] },
      { cell_type: 'code', source: 'c' },
      { cell_type: 'raw', source: [] },
      { cell_type: 'odd' },
      null,
    ];
    expect(readNotebook(JSON.stringify({ nbformat: 4, cells }))).toEqual({
      cells: [
        { kind: 'markdown', source: 'a\n$b$' },
        { kind: 'code', source: 'c' },
        { kind: 'raw', source: '' },
        { kind: 'raw', source: '' },
        { kind: 'raw', source: '' },
      ],
    });
  });

  it('reads the worksheets of format 3', () => {
    const worksheets = [
      {
        cells: [
          { cell_type: 'heading', level: 2, source: ['T'] },
          { cell_type: 'code', input: 'x' },
        ],
      },
      {},
    ];
    expect(readNotebook(JSON.stringify({ worksheets }))).toEqual({
      cells: [
        { kind: 'markdown', source: '## T' },
        { kind: 'code', source: 'x' },
      ],
    });
  });

  it.each<[string, RegExp]>([
    ['', /empty/],
    ['{"cells": [', /not valid JSON/],
    ['[1, 2]', /no JSON object/],
    ['null', /no JSON object/],
    ['{"cells": 3}', /no list of cells/],
    ['\u0000\u0001', /not valid JSON/],
  ])('says what is wrong with %j', (text, message) => {
    expect(readNotebook(text)).toEqual({ error: expect.stringMatching(message) });
  });
});
