import type { Micros } from '../../kernel/time.js';
import type { RequestInfo } from '../request/request-info.js';
import { PodSecurityCounters } from './pod-security.js';

/** Upper bounds of the buckets for how long requests took, in seconds (apiserver_request_duration_seconds). */
export const DURATION_BUCKETS: readonly number[] = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
];

/** What a request was, in the words of the metrics' labels. */
export interface RequestLabels {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly scope: '' | 'cluster' | 'namespace' | 'resource';
}

/** How often requests of one sort came and how long they took. */
export interface Timed {
  readonly labels: RequestLabels;
  /** Requests at most as long as each bucket's bound. */
  readonly buckets: number[];
  count: number;
  seconds: number;
}

/** Requests of one sort that ended with one code. */
export interface Counted {
  readonly labels: RequestLabels & { readonly code: number; readonly dryRun: string };
  count: number;
}

/** What one server counts of its requests since it was started. */
export class Metrics {
  readonly started: Micros;
  readonly counted = new Map<string, Counted>();
  readonly timed = new Map<string, Timed>();
  readonly podSecurity = new PodSecurityCounters();
  /** Requests that are answered now. */
  readonly inflight = { mutating: 0, readOnly: 0 };

  constructor(now: Micros) {
    this.started = now;
  }

  /** Counts a request that was answered; how long streams last is not part of it. */
  answered(info: RequestInfo, query: URLSearchParams, code: number, micros: Micros): void {
    const labels = labelsOf(info);
    const { verb, group, version, resource, subresource, scope } = labels;
    const key = `${verb}\0${group}\0${version}\0${resource}\0${subresource}\0${scope}`;
    const dryRun = query.get('dryRun') === 'All' ? 'All' : '';
    const codeKey = `${key}\0${code}\0${dryRun}`;
    const counted = this.counted.get(codeKey);
    if (counted) counted.count += 1;
    else this.counted.set(codeKey, { labels: { ...labels, code, dryRun }, count: 1 });
    if (labels.verb === 'WATCH' || labels.verb === 'CONNECT') return;
    const timed = this.timedOf(key, labels);
    const seconds = micros / 1_000_000;
    timed.count += 1;
    timed.seconds += seconds;
    const first = DURATION_BUCKETS.findIndex((bound) => seconds <= bound);
    for (let index = first; first !== -1 && index < timed.buckets.length; index += 1)
      (timed.buckets[index] as number) += 1;
  }

  private timedOf(key: string, labels: RequestLabels): Timed {
    const known = this.timed.get(key);
    if (known) return known;
    const timed = { labels, buckets: DURATION_BUCKETS.map(() => 0), count: 0, seconds: 0 };
    this.timed.set(key, timed);
    return timed;
  }
}

/** Verbs that change something, for the two kinds of requests in flight. */
export function changes(info: RequestInfo): boolean {
  return !['get', 'list', 'watch', 'head', 'options'].includes(info.verb);
}

const CONNECTING = new Set(['attach', 'exec', 'portforward', 'proxy']);
const VERBS: Readonly<Record<string, string>> = { create: 'POST', update: 'PUT' };

function labelsOf(info: RequestInfo): RequestLabels {
  const { group, version, resource, subresource, namespace, name, verb } = info;
  if (!info.isResource)
    return {
      verb: verb.toUpperCase(),
      group: '',
      version: '',
      resource: '',
      subresource: pathLabel(info.path),
      scope: '',
    };
  const connecting = CONNECTING.has(subresource) && resource !== '';
  const scope = name !== '' ? 'resource' : namespace !== '' ? 'namespace' : 'cluster';
  const word = connecting ? 'CONNECT' : (VERBS[verb] ?? verb.toUpperCase());
  return { verb: word, group, version, resource, subresource, scope };
}

/** Paths that are no resources are told apart as far as the server knows them. */
function pathLabel(path: string): string {
  return /^\/(?:healthz|livez|metrics|openapi\/v[23]|readyz|version)\b/.exec(path)?.[0] ?? '';
}
