// Takes a Jupyter notebook apart into its cells. Knows nothing of what stands in them.

export interface NotebookCell {
  readonly kind: 'markdown' | 'code' | 'raw';
  readonly source: string;
}

export type Notebook = { readonly cells: readonly NotebookCell[] } | { readonly error: string };

/** Reads nbformat 4, and the worksheets of nbformat 3. */
export function readNotebook(json: string): Notebook {
  const text = json.startsWith('\uFEFF') ? json.slice(1) : json;
  if (text.trim() === '') return { error: 'This is not a notebook: the file is empty.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'This is not a notebook: the file is not valid JSON.' };
  }
  if (!isObject(value)) return { error: 'This is not a notebook: the file holds no JSON object.' };
  const cells = cellsOf(value);
  if (!cells) return { error: 'This is not a notebook: it has no list of cells.' };
  return { cells: cells.map(readCell) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellsOf(notebook: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (Array.isArray(notebook.cells)) return notebook.cells;
  if (!Array.isArray(notebook.worksheets)) return undefined;
  return notebook.worksheets.flatMap((sheet: unknown): readonly unknown[] =>
    isObject(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

/** Every entry is a cell, so that numbers of cells stay true: what is none is an empty raw cell. Headings of nbformat 3 become Markdown. */
function readCell(value: unknown): NotebookCell {
  if (!isObject(value)) return { kind: 'raw', source: '' };
  const source = sourceText(value.source ?? value.input);
  switch (value.cell_type) {
    case 'markdown':
    case 'code':
      return { kind: value.cell_type, source };
    case 'heading': {
      const level = typeof value.level === 'number' ? Math.min(6, Math.max(1, Math.floor(value.level))) : 1;
      return { kind: 'markdown', source: `${'#'.repeat(level)} ${source}` };
    }
    default:
      return { kind: 'raw', source };
  }
}

function sourceText(source: unknown): string {
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line): line is string => typeof line === 'string').join('') : '';
}
