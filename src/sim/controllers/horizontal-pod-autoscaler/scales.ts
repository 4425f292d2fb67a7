import type { KubeObject } from '../../api/object.js';
import { isConflict, StatusError } from '../../api/status.js';
import type { ScaleTarget } from '../../api/types/autoscaling.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { objectOf, statusOf } from '../../client/create-client.js';
import { objectPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import type { ResourceMapper } from './resource-mapper.js';

/** Times an update of a scale is tried that somebody else comes before (retry.DefaultRetry). */
const TRIES = 5;

/** autoscaling/v1 Scale. */
export interface Scale extends KubeObject {
  spec?: { replicas?: number };
  status?: { replicas?: number; selector?: string };
}

/** A scale, and of which resource it is. */
export interface FoundScale {
  readonly scale: Scale;
  readonly type: ResourceType;
}

/** Reads and writes how many replicas targets want, whatever their kind is. */
export class Scales {
  constructor(
    private readonly client: ApiClient,
    private readonly mapper: ResourceMapper,
  ) {}

  /** Throws `SyncError` or `StatusError` where there is no such target or it has no scale. */
  *find(namespace: string, { apiVersion = '', kind = '', name = '' }: ScaleTarget): Waiting<FoundScale> {
    const parts = apiVersion.split('/');
    if (parts.length > 2) throw new SyncError(`unexpected GroupVersion string: ${apiVersion}`);
    const group = parts.length === 2 ? (parts[0] ?? '') : '';
    const mappings = yield* this.mapper.mappings(group, kind);
    let first: Error | undefined;
    for (const { version, resource } of mappings) {
      const type: ResourceType = { group, version, resource, kind, namespaced: true };
      try {
        return { scale: yield* this.read(type, namespace, name), type };
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        first ??= error;
      }
    }
    throw first ?? new SyncError('unrecognized resource');
  }

  /** Sets the replicas, again and again while others change the target. Throws what the server refuses with. */
  *set({ scale, type }: FoundScale, replicas: number): Waiting<void> {
    const { name = '', namespace = '' } = scale.metadata;
    let latest = scale;
    for (let attempt = 1; ; attempt += 1) {
      try {
        yield* this.client.update(type, { ...latest, spec: { ...latest.spec, replicas } }, { subresource: 'scale' });
        return;
      } catch (error) {
        if (!isConflict(error) || attempt >= TRIES) throw error;
      }
      latest = yield* this.read(type, namespace, name);
    }
  }

  private *read(type: ResourceType, namespace: string, name: string): Waiting<Scale> {
    const target = objectPath(type, name, namespace, 'scale');
    const response = yield* this.client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
    if (response.status < 400) return objectOf(response) as Scale;
    const status = statusOf(response);
    const isWordless = status.details?.causes?.some(({ reason }) => reason === 'UnexpectedServerResponse') ?? false;
    throw new StatusError(
      isWordless ? { ...status, message: `${status.message} (get ${type.resource} ${name})` } : status,
    );
  }
}
