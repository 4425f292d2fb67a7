import type { FactPackage } from '../../api/facts/package.js';
import { failure, StatusError } from '../../api/status.js';
import type { Event } from '../../api/types/event.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { readStrictly } from '../configuration-file.js';
import type { AdmissionRequest } from './admission.js';
import type { ConfiguredPlugin } from './configuration.js';
import { aggregated } from './refusal.js';

const V1ALPHA1: FactPackage = {
  id: 'eventratelimit.v1alpha1',
  group: 'eventratelimit.admission.k8s.io',
  version: 'v1alpha1',
  prefix: '',
  kinds: 'Configuration',
  types: `
Configuration :0:@meta.v1.TypeMeta: limits:0:[@Limit:
Limit type:0:s: qps:0:i: burst:0:i: cacheSize:0:i:o
`,
};

interface Limit {
  readonly type: string;
  readonly qps: number;
  readonly burst: number;
}

/** What may still come, and when that was counted. */
interface Bucket {
  tokens: number;
  at: Micros;
}

/** Who or what a limit counts by. */
const KEYS: Readonly<Record<string, (request: AdmissionRequest) => string>> = {
  Server: () => '',
  Namespace: ({ namespace }) => namespace,
  User: ({ user }) => user.name,
  SourceAndObject: ({ object }) => {
    const { source, involvedObject: about } = object as Event;
    const place = [about?.kind, about?.namespace, about?.name, about?.uid, about?.apiVersion];
    return [source?.component, source?.host, ...place].map((part) => part ?? '').join('');
  },
};

/** No more events than so many a second, by server, namespace, user, or by what they are about. */
export const EVENT_RATE_LIMIT: ConfiguredPlugin = (text) => {
  const limits = text
    ? ((readStrictly(text, { packages: [V1ALPHA1] }).object['limits'] as Limit[] | undefined) ?? [])
    : [];
  const buckets = limits.map(() => new Map<string, Bucket>());
  return {
    name: 'EventRateLimit',
    validate(request) {
      const { kind, operation, object, dryRun } = request;
      if (kind.kind !== 'Event' || kind.group !== '' || dryRun || !object) return;
      if (operation !== 'CREATE' && operation !== 'UPDATE') return;
      const now = request.parts.now();
      const reached = limits.flatMap((limit, index) => {
        const key = KEYS[limit.type]?.(request) ?? '';
        if (takes(buckets[index] as Map<string, Bucket>, key, limit, now)) return [];
        return [`limit reached on type ${limit.type} for key ${key}`];
      });
      if (reached.length === 0) return;
      throw new StatusError(failure(429, 'TooManyRequests', `Too many requests: ${aggregated(reached)}`));
    },
  };
};

function takes(buckets: Map<string, Bucket>, key: string, { qps, burst }: Limit, now: Micros): boolean {
  const bucket = buckets.get(key) ?? { tokens: burst, at: now };
  buckets.set(key, bucket);
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / SECOND) * qps);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
