import type { KubeObject } from '../api/object.js';
import { isNotFound, StatusError } from '../api/status.js';
import { formatTime } from '../api/time.js';
import type { Event, ObjectReference } from '../api/types/event.js';
import { Channel } from '../kernel/channel.js';
import type { Sys } from '../kernel/sys.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { ApiClient, ResourceType } from './client.js';
import { type Correlated, EventCorrelator } from './event-correlator.js';
import { referenceOf } from './object-reference.js';

const EVENTS: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
/** An event is tried so often, ten seconds apart, while the server is away. */
const TRIES_MAX = 12;
const RETRY_SPAN = 10 * SECOND;

/** Who says something happened. */
export interface EventSource {
  readonly component: string;
  readonly host?: string | undefined;
}

/** Writes Events without waiting: they are posted in order by a thread of their own. */
export class EventBroadcaster {
  private readonly sys: Pick<Sys, 'now' | 'sleep' | 'thread'>;
  private readonly client: ApiClient;
  private readonly queue = new Channel<Event>();
  private readonly correlator = new EventCorrelator();
  private sequence = 0;
  private started = false;

  constructor(sys: Pick<Sys, 'now' | 'sleep' | 'thread'>, client: ApiClient) {
    this.sys = sys;
    this.client = client;
  }

  /** A recorder that speaks for a source. */
  recorder(source: EventSource): {
    event(
      object: KubeObject | ObjectReference,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
      annotations?: Readonly<Record<string, string>>,
    ): void;
  } {
    return {
      event: (object, type, reason, message, annotations = {}) => {
        this.start();
        const event = this.makeEvent(source, referenceOf(object), type, reason, message);
        const marked = Object.keys(annotations).length > 0 ? { ...event.metadata, annotations } : event.metadata;
        this.queue.send({ ...event, metadata: marked });
      },
    };
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.sys.thread(() => this.run());
  }

  private makeEvent(
    source: EventSource,
    involvedObject: ObjectReference,
    type: string,
    reason: string,
    message: string,
  ): Event {
    const now = this.sys.now();
    const timestamp = formatTime(now);
    this.sequence = (this.sequence + 1) % 1000;
    // The name ends in the nanoseconds of its making; our clock has microseconds, the rest tells events of one apart.
    const nanos = BigInt(now) * 1000n + BigInt(this.sequence);
    const namespace = involvedObject.namespace || 'default';
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${involvedObject.name}.${nanos.toString(16)}`, namespace },
      involvedObject,
      reason,
      message,
      source: source.host ? { component: source.component, host: source.host } : { component: source.component },
      firstTimestamp: timestamp,
      lastTimestamp: timestamp,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: source.component,
      reportingInstance: source.host ?? '',
    };
  }

  private *run(): Waiting<void> {
    for (;;) {
      const event = yield* this.queue.receive();
      if (event === 'end') return;
      const correlated = this.correlator.correlate(event, this.sys.now());
      if (correlated) yield* this.deliver(correlated);
    }
  }

  private *deliver(correlated: NonNullable<Correlated>): Waiting<void> {
    for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
      try {
        yield* this.post(correlated);
        return;
      } catch (error) {
        // What the server refuses it will refuse again; only its absence is waited out.
        if (error instanceof StatusError) return;
        yield* this.sys.sleep(RETRY_SPAN);
      }
    }
  }

  private *post(correlated: NonNullable<Correlated>): Waiting<void> {
    const { event } = correlated;
    if (correlated.kind === 'count') {
      const { count, lastTimestamp, message } = event;
      const patch = { count, lastTimestamp, message };
      try {
        yield* this.client.patch(
          EVENTS,
          correlated.name,
          correlated.namespace,
          'application/strategic-merge-patch+json',
          patch,
        );
        return;
      } catch (error) {
        if (!isNotFound(error)) throw error;
        this.correlator.forget(event);
      }
    }
    yield* this.client.create(EVENTS, event);
  }
}
