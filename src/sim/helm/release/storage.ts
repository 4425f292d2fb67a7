import { goQuote } from '../../api/go-text.js';
import { labelValue } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Rest } from '../../kubectl/rest.js';
import { FatalError, HelmError, messageOf, ReleaseNotFound, wrapped } from '../errors.js';
import type { HelmRun } from '../run.js';
import { decodeRelease, encodeRelease } from './encode.js';
import { byRevision, type Release } from './release.js';

const SECRETS: ResourceType = { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', namespaced: true };
const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
/** Labels that helm sets itself. */
export const SYSTEM_LABELS = ['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'];

/** There is no revision that is deployed. */
export class NoDeployedReleases extends HelmError {
  constructor(name: string) {
    super(`${goQuote(name)} has no deployed releases`);
  }
}

/**
 * Where helm keeps releases: Secrets of the type helm.sh/release.v1 (or ConfigMaps, by HELM_DRIVER), one a revision,
 * in the release's namespace; '' lists those of all.
 */
export class Storage {
  /** How many revisions of a release are kept; 0 for all. */
  historyMax = 0;
  private readonly type: ResourceType;

  constructor(
    private readonly run: HelmRun,
    private readonly namespace: string,
  ) {
    const driver = run.sys.environment.get('HELM_DRIVER') ?? '';
    if (!['', 'secret', 'secrets', 'configmap', 'configmaps'].includes(driver))
      throw new FatalError(`unknown driver ${goQuote(driver)}`);
    this.type = driver.startsWith('configmap') ? CONFIG_MAPS : SECRETS;
  }

  private rest(): Rest {
    return this.run.session().rest();
  }

  /** Every revision of every release. */
  *list(): Waiting<Release[]> {
    try {
      return yield* this.select('owner=helm');
    } catch (error) {
      throw wrapped('list: failed to list', error);
    }
  }

  /** The revisions of a release, oldest first. Throws ReleaseNotFound. */
  history(name: string): Waiting<Release[]> {
    return this.query(name, 'name,owner');
  }

  /** Those that are deployed, of which there should be one. */
  *deployedAll(name: string): Waiting<Release[]> {
    try {
      return yield* this.query(name, 'name,owner,status');
    } catch (error) {
      if (error instanceof HelmError && error.message.includes('not found')) throw new NoDeployedReleases(name);
      throw error;
    }
  }

  *deployed(name: string): Waiting<Release> {
    return (yield* this.deployedAll(name)).at(-1) as Release;
  }

  *last(name: string): Waiting<Release> {
    return (yield* this.history(name)).at(-1) as Release;
  }

  *get(name: string, version: number): Waiting<Release> {
    let object: KubeObject;
    try {
      object = yield* this.rest().get(this.type, keyOf(name, version), this.namespace);
    } catch (error) {
      if (isNotFound(error)) throw new ReleaseNotFound();
      throw wrapped(`get: failed to get ${goQuote(keyOf(name, version))}`, error);
    }
    const release = this.read(object);
    if (!release)
      throw new HelmError(`get: failed to decode data ${goQuote(keyOf(name, version))}: unexpected end of JSON input`);
    return release;
  }

  *create(release: Release): Waiting<void> {
    if (this.historyMax > 0) yield* this.prune(release.name, this.historyMax - 1);
    try {
      yield* this.rest().create(this.type, this.object(release, 'createdAt'), this.namespace, {
        fieldManager: 'helm',
      });
    } catch (error) {
      if (error instanceof StatusError && error.status.reason === 'AlreadyExists')
        throw new HelmError('release: already exists');
      throw wrapped('create: failed to create', error);
    }
  }

  *update(release: Release): Waiting<void> {
    try {
      yield* this.rest().replace(this.type, this.object(release, 'modifiedAt'), this.namespace, {
        fieldManager: 'helm',
      });
    } catch (error) {
      throw wrapped('update: failed to update', error);
    }
  }

  /** The same; a failure is a line of the log. */
  *record(release: Release): Waiting<void> {
    try {
      yield* this.update(release);
    } catch (error) {
      const attributes = { name: release.name, revision: String(release.version), error: messageOf(error) };
      this.run.log('WARN', 'failed to update release', attributes);
    }
  }

  *delete(name: string, version: number): Waiting<void> {
    yield* this.get(name, version);
    yield* this.rest().delete(this.type, keyOf(name, version), this.namespace, {});
  }

  /** Deletes the oldest revisions but the one that is deployed. */
  private *prune(name: string, max: number): Waiting<void> {
    let history: Release[];
    try {
      history = yield* this.history(name);
    } catch (error) {
      if (error instanceof ReleaseNotFound) return;
      throw error;
    }
    const deployed = history.filter(({ info }) => info.status === 'deployed').at(-1);
    let left = history.length;
    for (const { version } of history) {
      if (left <= max) return;
      if (version === deployed?.version) continue;
      yield* this.delete(name, version);
      left -= 1;
    }
  }

  private *query(name: string, keys: string): Waiting<Release[]> {
    const problem = labelValue(name)[0];
    if (problem !== undefined) throw new HelmError(`invalid label value: ${goQuote(name)}: ${problem}`);
    const labels: Readonly<Record<string, string>> = { name, owner: 'helm', status: 'deployed' };
    const selector = keys
      .split(',')
      .map((key) => `${key}=${labels[key]}`)
      .join(',');
    let found: Release[];
    try {
      found = yield* this.select(selector);
    } catch (error) {
      throw wrapped('query: failed to query with labels', error);
    }
    if (found.length === 0) throw new ReleaseNotFound();
    return found.sort(byRevision);
  }

  /** Releases that are selected come with all their labels, helm's own among them. */
  private *select(labelSelector: string): Waiting<Release[]> {
    const { items } = yield* this.rest().list<KubeObject>(this.type, this.namespace || undefined, { labelSelector });
    return items.flatMap((item) => {
      const release = this.read(item);
      return release ? [{ ...release, labels: item.metadata.labels ?? {} }] : [];
    });
  }

  private read(object: KubeObject): Release | undefined {
    const data = (object['data'] as Readonly<Record<string, string>> | undefined)?.['release'] ?? '';
    const text = this.type === SECRETS ? Buffer.from(data, 'base64').toString('utf8') : data;
    const own = Object.entries(object.metadata.labels ?? {}).filter(([key]) => !SYSTEM_LABELS.includes(key));
    return decodeRelease(text, Object.fromEntries(own));
  }

  private object(release: Release, stamp: 'createdAt' | 'modifiedAt'): KubeObject {
    const text = encodeRelease(release);
    const seconds = String(Math.floor(this.run.sys.now() / SECOND));
    const labels = {
      [stamp]: seconds,
      ...release.labels,
      name: release.name,
      owner: 'helm',
      status: release.info.status,
      version: String(release.version),
    };
    const isSecret = this.type === SECRETS;
    return {
      apiVersion: 'v1',
      kind: isSecret ? 'Secret' : 'ConfigMap',
      metadata: { name: keyOf(release.name, release.version), namespace: this.namespace, labels },
      ...(isSecret ? { type: 'helm.sh/release.v1' } : {}),
      data: { release: isSecret ? Buffer.from(text).toString('base64') : text },
    };
  }
}

function keyOf(name: string, version: number): string {
  return `sh.helm.release.v1.${name}.v${version}`;
}
