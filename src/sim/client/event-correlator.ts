import type { Event } from '../api/types/event.js';
import { type Micros, SECOND } from '../kernel/time.js';
import { TokenBucket } from './rate-limiter.js';

/** Limits of client-go's tools/events: what one source says of one object. */
const SIMILAR_MAX = 10;
const SIMILAR_SPAN = 600 * SECOND;
const SPAM_BURST = 25;
const SPAM_RATE = 1 / 300;
const CACHE_MAX = 4096;

/** What to do with an event: post it, or count one up that was posted before; undefined: too many, drop it. */
export type Correlated =
  | { readonly kind: 'create'; readonly event: Event }
  | { readonly kind: 'count'; readonly event: Event; readonly name: string; readonly namespace: string }
  | undefined;

interface Similar {
  readonly messages: Set<string>;
  last: Micros;
}

interface Posted {
  name: string;
  count: number;
  firstTimestamp: string;
}

/** Finds events that say the same again, and groups those that differ in their message only (client-go's correlator). */
export class EventCorrelator {
  private readonly similar = new Map<string, Similar>();
  private readonly posted = new Map<string, Posted>();
  private readonly buckets = new Map<string, TokenBucket>();

  /** Looks at one event. */
  correlate(event: Event, now: Micros): Correlated {
    const aggregate = aggregateKey(event);
    const seen = this.similarOf(aggregate, now);
    seen.messages.add(event.message ?? '');
    const combined = seen.messages.size >= SIMILAR_MAX;
    if (combined) seen.messages.delete(event.message ?? '');
    const shown = combined ? { ...event, message: `(combined from similar events): ${event.message}` } : event;
    const key = combined ? aggregate : `${aggregate}|${event.message}`;
    const known = this.posted.get(key);
    const result = this.count(key, known, shown);
    if (!this.bucketOf(event).take(now)) return undefined;
    return result;
  }

  /** Forgets that an event was posted, because the server has lost it. */
  forget(event: Event): void {
    this.posted.delete(`${aggregateKey(event)}|${event.message}`);
  }

  private count(key: string, known: Posted | undefined, event: Event): Correlated {
    if (!known) {
      const posted = { name: event.metadata.name as string, count: 1, firstTimestamp: event.firstTimestamp ?? '' };
      remember(this.posted, key, posted);
      return { kind: 'create', event };
    }
    known.count += 1;
    const { namespace = 'default' } = event.metadata;
    const counted = {
      ...event,
      metadata: { ...event.metadata, name: known.name },
      count: known.count,
      firstTimestamp: known.firstTimestamp,
    };
    return { kind: 'count', event: counted, name: known.name, namespace };
  }

  private similarOf(key: string, now: Micros): Similar {
    let similar = this.similar.get(key);
    if (!similar || now - similar.last > SIMILAR_SPAN) {
      similar = { messages: new Set(), last: now };
      remember(this.similar, key, similar);
    }
    similar.last = now;
    return similar;
  }

  private bucketOf(event: Event): TokenBucket {
    const key = `${event.source?.component}|${event.source?.host ?? ''}|${objectKey(event)}`;
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = new TokenBucket(SPAM_RATE, SPAM_BURST);
      remember(this.buckets, key, bucket);
    }
    return bucket;
  }
}

function objectKey({ involvedObject: object }: Event): string {
  return [object.kind, object.namespace, object.name, object.uid, object.apiVersion].join('|');
}

function aggregateKey(event: Event): string {
  const source = `${event.source?.component}|${event.source?.host ?? ''}`;
  const { fieldPath = '' } = event.involvedObject;
  return [source, objectKey(event), fieldPath, event.type, event.reason, event.reportingComponent ?? ''].join('|');
}

function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value as string);
  cache.set(key, value);
}
