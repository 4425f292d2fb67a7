import type { KubeObject } from '../api/object.js';
import type { Channel } from '../kernel/channel.js';
import type { HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';

/** How requests reach an API server: a simulated connection. Throws `Errno` or `TlsError` when nobody can be reached. */
export interface Transport {
  request(request: HttpRequest): Waiting<HttpResponse>;
}

/** A resource as the REST path names it. `group` is empty for core. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface ListOptions {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
}

export interface WriteOptions {
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
  /** Of an apply: takes fields over from others. */
  readonly force?: boolean | undefined;
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict' | undefined;
  readonly subresource?: string | undefined;
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  readonly dryRun?: boolean | undefined;
}

export type PatchType =
  | 'application/apply-patch+yaml'
  | 'application/json-patch+json'
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json';

export interface ObjectList<T extends KubeObject = KubeObject> {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly T[];
}

export interface WatchEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

export interface Watch<T extends KubeObject = KubeObject> {
  readonly events: Channel<WatchEvent<T>>;
  cancel(): void;
}

/**
 * The verbs of the API. Objects given out are shared and must not be changed; copy before writing. Every verb throws
 * `StatusError` (api/status.ts) for what the server refuses, `Errno` or `TlsError` when it cannot be reached.
 */
export interface ApiClient {
  get<T extends KubeObject>(type: ResourceType, name: string, namespace?: string): Waiting<T>;
  list<T extends KubeObject>(type: ResourceType, options?: ListOptions): Waiting<ObjectList<T>>;
  watch<T extends KubeObject>(type: ResourceType, options?: ListOptions): Waiting<Watch<T>>;
  /** The namespace is the object's own. */
  create<T extends KubeObject>(type: ResourceType, object: T, options?: WriteOptions): Waiting<T>;
  update<T extends KubeObject>(type: ResourceType, object: T, options?: WriteOptions): Waiting<T>;
  patch<T extends KubeObject>(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    patchType: PatchType,
    patch: unknown,
    options?: WriteOptions,
  ): Waiting<T>;
  delete(type: ResourceType, name: string, namespace?: string, options?: DeleteOptions): Waiting<KubeObject>;
  deleteCollection(type: ResourceType, options: ListOptions & DeleteOptions): Waiting<void>;
  /** POST to a subresource, such as `eviction`, `binding` or `token`. */
  createSubresource(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    subresource: string,
    object: KubeObject,
  ): Waiting<KubeObject>;
  /** Any request, for what has no verb here: discovery, tables, logs, exec. */
  raw(request: HttpRequest): Waiting<HttpResponse>;
}
