// The requests and notifications that Conformable adds to the Language Server Protocol.
import { NotificationType, RequestType } from 'vscode-languageserver';
import type { DocumentReport, Summary } from '../language/index.js';

/** What a client may say in `initializationOptions`. */
export interface InitializationOptions {
  readonly theme?: Theme;
  /** Address of the folder with the pages on diagnostics. */
  readonly docs?: string;
  /** Settings for clients that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
  /** The client sends every conformable.yaml by `conformable/config`; the server reads none. */
  readonly sendsConfig?: boolean;
}

export type Theme = 'dark' | 'light';

/** The JSON of `conformable check --format json` for one open document, its values computed. */
export interface AnalysisAnswer {
  readonly version: 1;
  readonly documents: readonly DocumentReport[];
  readonly summary: Summary;
}

/** What the status bar shows; sent when a document has come to rest. */
export interface Status {
  readonly uri: string;
  readonly layout: DocumentReport['layout'];
  readonly summary: Summary;
  /** Whether the values are in. */
  readonly values: boolean;
}

export const analysisRequest = new RequestType<{ uri: string }, AnalysisAnswer | null, void>('conformable/analysis');
export const setThemeNotification = new NotificationType<{ theme: Theme }>('conformable/setTheme');
/** A workspace's conformable.yaml; null if there is none any more. */
export const configNotification = new NotificationType<{ uri: string; text: string | null }>('conformable/config');
export const statusNotification = new NotificationType<Status>('conformable/status');
