import { queryEscape } from '../../api/go-template/escapers.js';
import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type JsonValue } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';
import { JsonError, readJsonChunk } from '../../api/yaml/json-reader.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { HelmError, rethrowFault } from '../errors.js';
import type { HelmRun } from '../run.js';
import { parseUrl, type Url, userText } from '../template/formats/go-url.js';
import { fetchUrl } from './fetch.js';

/** A chart that a hub knows of, as `-o json` shows it. */
export interface HubChart {
  readonly url: string;
  readonly version: string;
  readonly app_version: string;
  readonly description: string;
  readonly repository: { readonly url: string; readonly name: string };
}

const SEARCH = '/api/chartsvc/v1/charts/search';

/** Asks a hub for charts (internal/monocular). Throws HelmError when it cannot be asked, or answers anything but 200. */
export function* searchHub(run: HelmRun, endpoint: string, term: string): Waiting<HubChart[]> {
  const at = parseUrl(endpoint);
  const problem = typeof at === 'string' ? at : hostOf(at) === '' ? 'no hostname provided' : undefined;
  if (typeof at === 'string' || problem !== undefined)
    throw new HelmError(`unable to create connection to ${goQuote(endpoint)}: ${problem}`);
  let body: Uint8Array;
  try {
    const user = at.user ? `${userText(at.user)}@` : '';
    const path = `${at.path.replace(/\/+$/, '')}${SEARCH}`;
    body = yield* fetchUrl(run, `${at.scheme}://${user}${at.host}${path}?q=${queryEscape([term])}`);
  } catch (error) {
    rethrowFault(error);
    throw new HelmError(`unable to perform search against ${goQuote(endpoint)}`);
  }
  return found(decodeText(body)).map((result) => chartOf(result, endpoint));
}

function hostOf({ host }: Url): string {
  return host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
}

/** What was found. An answer that is not what it should be is one without charts: helm does not look at that. */
function found(text: string): readonly JsonValue[] {
  try {
    const data = at(readJsonChunk(text, 0)?.value, ['data']);
    return Array.isArray(data) ? data : [];
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return [];
  }
}

function chartOf(result: JsonValue, endpoint: string): HubChart {
  const text = (...path: string[]): string => {
    const value = at(result, path);
    return typeof value === 'string' ? value : '';
  };
  const latest = ['relationships', 'latestChartVersion', 'data'];
  return {
    url: text('artifactHub', 'packageUrl') || `${endpoint}/charts/${text('id')}`,
    version: text(...latest, 'version'),
    app_version: text(...latest, 'app_version'),
    description: text('attributes', 'description'),
    repository: { url: text('attributes', 'repo', 'url'), name: text('attributes', 'repo', 'name') },
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (isJsonObject(inner) ? ownField(inner, name) : undefined), value);
}
