// The whole report as JSON, a document at a time.

import { summaryOf } from '../totals.js';
import type { Reporter } from './reporter.js';

export function json(): Reporter {
  return {
    begin: () => '{"version":1,"documents":[',
    document: ({ report }, before) => `${before > 0 ? ',' : ''}\n${JSON.stringify(report)}`,
    end: (totals) => `\n],"summary":${JSON.stringify(summaryOf(totals))}}\n`,
  };
}
