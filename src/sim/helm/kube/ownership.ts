import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { HelmError, wrapped } from '../errors.js';
import type { KubeClient, Resource } from './client.js';

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const RELEASE_NAME = 'meta.helm.sh/release-name';
const RELEASE_NAMESPACE = 'meta.helm.sh/release-namespace';

/** Writes into objects whose release they belong to. */
export function markOwned(resources: readonly Resource[], name: string, namespace: string): void {
  for (const resource of resources) {
    const { object } = resource;
    const { labels, annotations } = object.metadata;
    const metadata = {
      ...object.metadata,
      labels: { ...labels, [MANAGED_BY]: 'Helm' },
      annotations: { ...annotations, [RELEASE_NAME]: name, [RELEASE_NAMESPACE]: namespace },
    };
    resource.object = { ...object, metadata };
  }
}

/** Those objects that exist already; one of another owner is an error unless ownership is taken. Throws HelmError. */
export function* existingOnes(
  client: KubeClient,
  resources: readonly Resource[],
  owner: { readonly name: string; readonly namespace: string },
  take: boolean,
): Waiting<Resource[]> {
  const found: Resource[] = [];
  for (const resource of resources) {
    const { name, object } = resource;
    const drawn = Boolean(object.metadata.generateName);
    if (name !== '' && drawn) throw new HelmError('metadata.name and metadata.generateName cannot both be set');
    if (drawn) continue;
    let existing: KubeObject | undefined;
    try {
      existing = yield* client.find(resource);
    } catch (error) {
      throw wrapped(`could not get information about the resource ${resourceText(resource)}`, error);
    }
    if (!existing) continue;
    const problem = take ? undefined : ownershipProblem(existing, owner);
    if (problem !== undefined)
      throw new HelmError(
        `${resourceText(resource)} exists and cannot be imported into the current release: invalid ownership metadata; ${problem}`,
      );
    found.push({ ...resource });
  }
  return found;
}

function resourceText({ mapping, name, namespace }: Resource): string {
  return `${mapping.kind} ${goQuote(name)} in namespace ${goQuote(namespace)}`;
}

function ownershipProblem(
  { metadata }: KubeObject,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): string | undefined {
  const problems = [
    valueProblem('label', metadata.labels, MANAGED_BY, 'Helm'),
    valueProblem('annotation', metadata.annotations, RELEASE_NAME, name),
    valueProblem('annotation', metadata.annotations, RELEASE_NAMESPACE, namespace),
  ].filter((problem) => problem !== undefined);
  return problems.length === 0 ? undefined : problems.join('; ');
}

function valueProblem(
  what: string,
  values: Readonly<Record<string, string>> | null | undefined,
  key: string,
  wanted: string,
): string | undefined {
  const is = values?.[key];
  if (is === wanted) return undefined;
  const why =
    is === undefined
      ? `missing key ${goQuote(key)}: must be set to ${goQuote(wanted)}`
      : `key ${goQuote(key)} must equal ${goQuote(wanted)}: current value is ${goQuote(is)}`;
  return `${what} validation error: ${why}`;
}
