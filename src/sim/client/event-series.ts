import type { JsonValue, KubeObject } from '../api/object.js';
import { isAlreadyExists, isNotFound, StatusError } from '../api/status.js';
import { formatMicroTime } from '../api/time.js';
import type { ObjectReference } from '../api/types/event.js';
import { Channel } from '../kernel/channel.js';
import type { Sys } from '../kernel/sys.js';
import { MINUTE, type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { ApiClient, ResourceType } from './client.js';
import { referenceOf } from './object-reference.js';

const EVENTS: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  resource: 'events',
  kind: 'Event',
  namespaced: true,
};
/** An event is tried so often, ten seconds apart, while the server is away. */
const TRIES_MAX = 12;
const RETRY_SPAN = 10 * SECOND;
/** What was not said again for so long is over. */
const FINISH_SPAN = 6 * MINUTE;

/** What a component says of an object, and what it was about to do. */
export interface Remark {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly action: string;
  readonly note: string;
  readonly related?: KubeObject;
}

/** Says what happened to an object. */
export interface SeriesRecorder {
  event(object: KubeObject, remark: Remark): void;
}

interface SeriesEvent extends KubeObject {
  readonly eventTime: string;
  series?: { count: number; lastObservedTime: string };
}

interface Known {
  readonly event: SeriesEvent;
  /** When it was last said. */
  last: Micros;
}

/**
 * Writes Events of events.k8s.io/v1 as client-go's tools/events does: what is said again of the same version of an object
 * becomes a series, which is written once when it begins and once when it is over; in between it is only counted.
 */
export class EventSeriesBroadcaster {
  private readonly queue = new Channel<{ key: string; event: SeriesEvent }>();
  private readonly known = new Map<string, Known>();
  private sequence = 0;
  private started = false;
  private finishing = false;

  constructor(
    private readonly sys: Pick<Sys, 'now' | 'sleep' | 'thread' | 'hostname'>,
    private readonly client: ApiClient,
  ) {}

  /** A recorder that speaks for a controller. */
  recorder(reportingController: string): SeriesRecorder {
    const reportingInstance = `${reportingController}-${this.sys.hostname()}`;
    return {
      event: (object, { type, reason, action, note, related }) => {
        const regarding = referenceOf(object);
        const key = JSON.stringify([reportingController, type, reason, action, regarding, related?.metadata.uid ?? '']);
        const now = this.sys.now();
        this.sequence = (this.sequence + 1) % 1000;
        const nanos = BigInt(now) * 1000n + BigInt(this.sequence);
        const metadata = {
          name: `${regarding.name}.${nanos.toString(16)}`,
          namespace: regarding.namespace || 'default',
        };
        const about: Record<string, JsonValue | ObjectReference> = related ? { related: referenceOf(related) } : {};
        const event = {
          apiVersion: 'events.k8s.io/v1',
          kind: 'Event',
          metadata,
          eventTime: formatMicroTime(now),
          reportingController,
          reportingInstance,
          action,
          reason,
          regarding,
          ...about,
          note,
          type,
        };
        this.start();
        this.queue.send({ key, event: event as unknown as SeriesEvent });
      },
    };
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.sys.thread(() => this.run());
  }

  private *run(): Waiting<void> {
    for (;;) {
      const next = yield* this.queue.receive();
      if (next === 'end') return;
      const now = this.sys.now();
      const known = this.known.get(next.key);
      if (!known || now - known.last > FINISH_SPAN) {
        this.forgetOld(now);
        this.known.set(next.key, { event: next.event, last: now });
        yield* this.deliver(next.event);
        continue;
      }
      known.last = now;
      const begins = known.event.series === undefined;
      known.event.series = { count: (known.event.series?.count ?? 1) + 1, lastObservedTime: formatMicroTime(now) };
      if (!begins) continue;
      yield* this.deliver(known.event);
      if (!this.finishing) this.sys.thread(() => this.finish());
      this.finishing = true;
    }
  }

  /** Writes the last count of series that are over, while there are any. */
  private *finish(): Waiting<void> {
    for (;;) {
      yield* this.sys.sleep(FINISH_SPAN);
      let left = false;
      for (const [key, { event, last }] of [...this.known]) {
        if (event.series === undefined) continue;
        if (this.sys.now() - last < FINISH_SPAN) left = true;
        else {
          this.known.delete(key);
          yield* this.deliver(event);
        }
      }
      if (left) continue;
      this.finishing = false;
      return;
    }
  }

  /** Those that were said first are looked at first, until one is not old. */
  private forgetOld(now: Micros): void {
    for (const [key, { event, last }] of this.known) {
      if (now - last <= FINISH_SPAN) return;
      if (event.series === undefined) this.known.delete(key);
    }
  }

  private *deliver(event: SeriesEvent): Waiting<void> {
    for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
      try {
        yield* this.post(event);
        return;
      } catch (error) {
        // What the server refuses it will refuse again; only its absence is waited out.
        if (error instanceof StatusError && !(event.series && isAlreadyExists(error))) return;
        yield* this.sys.sleep(RETRY_SPAN);
      }
    }
  }

  private *post(event: SeriesEvent): Waiting<void> {
    const { name = '', namespace } = event.metadata;
    if (event.series) {
      const patch = { series: event.series };
      const how = 'application/strategic-merge-patch+json';
      try {
        yield* this.client.patch(EVENTS, name, namespace, how, patch);
        return;
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
    yield* this.client.create(EVENTS, { ...event });
  }
}
