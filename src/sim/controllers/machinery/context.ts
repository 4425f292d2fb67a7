import type { KubeObject } from '../../api/object.js';
import type { ObjectReference } from '../../api/types/event.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import type { QueueLimits } from '../../client/work-queue.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerManagerOptions } from './options.js';

/** Keys waiting to be synced: each at most once, never two workers on the same key, failures with growing delay. */
export interface WorkQueue {
  add(key: string): void;
  addAfter(key: string, span: Micros): void;
  addRateLimited(key: string): void;
  /** Forgets how often the key failed. */
  forget(key: string): void;
  /** How often the key was added rate-limited since it was last forgotten. */
  retries(key: string): number;
  get(): Waiting<string>;
  /** Must follow every `get`; a key added meanwhile is queued again. */
  done(key: string): void;
}

/** Writes Events without waiting for them. */
export interface EventRecorder {
  event(object: KubeObject | ObjectReference, type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** klog to stderr: one line per call; fields follow as key="value". */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(error: unknown, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What a controller is given when it starts. */
export interface ControllerContext {
  readonly sys: Pick<Sys, 'now' | 'monotonic' | 'charge' | 'sleep' | 'thread' | 'random'>;
  readonly client: ApiClient;
  readonly options: ControllerManagerOptions;
  readonly log: Log;
  /** The process's shared cache of a resource; handlers and indexes are added before the informers start. */
  informer<T extends KubeObject>(type: ResourceType): Informer<T>;
  /** `limits` tells how long failed keys wait, where not as usual. */
  queue(name: string, limits?: QueueLimits): WorkQueue;
  /** A recorder whose events name the controller as their source. */
  recorder(component: string): EventRecorder;
  /** Waits until every informer asked for so far has made its first list. */
  waitForCaches(): Waiting<void>;
}

/** A controller of the manager. `start` adds handlers and threads and returns at once. */
export interface Controller {
  /** As `--controllers` names it. */
  readonly name: string;
  /** Its old name, which `--controllers` takes too. */
  readonly alias?: string;
  start(context: ControllerContext): void;
}
