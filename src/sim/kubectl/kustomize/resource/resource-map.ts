import { goSyntax } from '../../../api/go-value.js';
import { KustomizeError } from '../error.js';
import { mergePatch } from '../merge/merge.js';
import { clearField, fieldOf, fieldOrNew, setField, stringsOf } from '../tree/fields.js';
import { type Node, stringNode } from '../tree/node.js';
import { UnprintableError } from '../tree/values.js';
import { ORIGIN } from './origin.js';
import { NOTES, type Resource } from './resource.js';
import { effectiveNamespace, idSyntax, idText, isOutside, type ResourceId, sameId } from './resource-id.js';

/** The resources of a build in the order of their coming; no two have the same id. */
export class ResourceMap {
  list: Resource[] = [];

  /** A map of what is no longer than it; throws when two ids are equal. */
  static of(resources: readonly Resource[]): ResourceMap {
    const map = new ResourceMap();
    for (const resource of resources) map.append(resource);
    return map;
  }

  append(resource: Resource): void {
    const { id } = resource;
    if (this.list.some((other) => sameId(id, other.id))) {
      throw new KustomizeError(`may not add resource with an already registered id: ${idText(id)}`);
    }
    this.list.push(resource);
  }

  appendAll(resources: readonly Resource[]): void {
    for (const resource of resources) this.append(resource);
  }

  /** Those one of whose ids, old or new, fits. */
  withAnyId(fits: (id: ResourceId) => boolean): Resource[] {
    return this.list.filter((resource) => !resource.isGone && [...resource.previousIds, resource.id].some(fits));
  }

  /** The one resource a patch means. Throws when there is none, or several. */
  target(id: ResourceId): Resource {
    const found = this.withAnyId((other) => sameId(id, other));
    if (found.length === 1) return found[0] as Resource;
    const which = found.length === 0 ? 'no matches' : 'multiple matches';
    throw new KustomizeError(`${which} for Id ${idText(id)}; failed to find unique target for patch ${idText(id)}`);
  }

  /** Lets go of what was deleted. */
  dropGone(): void {
    this.list = this.list.filter((resource) => !resource.isGone);
  }

  /** Takes in what a generator made: new, over what is there, or in its place, as its behavior says. */
  absorb(resource: Resource): void {
    const { id } = resource;
    const behavior = resource.annotations[NOTES.behavior] ?? 'unspecified';
    const matches = this.withAnyId((other) => sameId(id, other));
    const [old] = matches;
    if (old === undefined) {
      if (behavior === 'merge' || behavior === 'replace') {
        throw new KustomizeError(`id ${idSyntax(id)} does not exist; cannot merge or replace`);
      }
      return this.append(resource);
    }
    if (matches.length > 1) {
      const shown = matches.map((match) => match.toJson()).join(' ');
      throw new KustomizeError(`found multiple objects [${shown}] that could accept merge of ${idText(id)}`);
    }
    if (behavior !== 'merge' && behavior !== 'replace') {
      throw new KustomizeError(
        `id ${idSyntax(id)} exists; can not use behavior: '${behavior}', behavior must be merge or replace`,
      );
    }
    const origin = old.annotations[ORIGIN];
    copyMetadata(resource, old);
    if (behavior === 'merge') {
      mergeData(resource, old);
      if (origin !== undefined) resource.annotations = { ...resource.annotations, [ORIGIN]: origin };
    }
    const { id: replaced } = resource;
    const at = this.list.findIndex((other) => sameId(replaced, other.id));
    if (at !== this.list.indexOf(old)) throw new KustomizeError('unexpected target index in replacement');
    this.list[at] = resource;
  }

  /** Merges one patch into each of the chosen resources. */
  applyPatch(chosen: readonly Resource[], patch: Resource): void {
    const ids = new Set(chosen.map(({ id }) => idText(id)));
    const left: Resource[] = [];
    for (const resource of this.list) {
      if (ids.has(idText(resource.id))) {
        const copy = patch.copy();
        const { kind } = copy;
        copy.gvk = resource.gvk;
        copy.kind = kind;
        applyPatch(resource, copy);
      }
      if (!resource.isGone) left.push(resource);
    }
    this.list = [];
    this.appendAll(left);
  }

  /** Those a resource could refer to. */
  referableBy(referrer: Resource): Resource[] {
    const { id } = referrer;
    if (isOutside(id)) return this.list;
    const others = accountNamespaces(referrer);
    return this.list.filter((target) => {
      const targetId = target.id;
      if (isOutside(targetId) || effectiveNamespace(targetId) === effectiveNamespace(id)) return true;
      return others.has(target.namespace);
    });
  }

  /** All as a stream of documents. */
  toYaml(): string {
    return this.list.map(documentOf).join('---\n');
  }
}

/** What cannot be printed is shown as Go would. */
function documentOf(resource: Resource): string {
  try {
    return resource.toYaml();
  } catch (error) {
    if (!(error instanceof UnprintableError)) throw error;
    const shown = error.value === undefined ? 'map[string]interface {}(nil)' : goSyntax(error.value);
    throw new KustomizeError(`${shown}: ${error.message}`);
  }
}

/** Merges a patch into a resource; its name, kind and namespace stay unless the patch may change them. */
export function applyPatch(resource: Resource, patch: Resource): void {
  const { name, namespace, kind } = resource;
  const mayRename = patch.isEnabled(NOTES.allowNameChange);
  const mayChangeKind = patch.isEnabled(NOTES.allowKindChange);
  if (mayRename || mayChangeKind) resource.storePreviousId();
  const merged = mergePatch(resource.node, patch.node);
  if (merged === undefined) return resource.remove();
  resource.node = merged;
  if (resource.isGone) return;
  if (!mayChangeKind) resource.kind = kind;
  if (!mayRename) resource.name = name;
  resource.namespace = namespace;
}

/** Labels and annotations of both, name and namespace of the other; kustomize's notes too are the other's. */
function copyMetadata(resource: Resource, other: Resource): void {
  resource.labels = { ...other.labels, ...resource.labels };
  const own = resource.annotations;
  const theirs = other.annotations;
  const merged: Record<string, string> = { ...theirs, ...own };
  for (const note of Object.values(NOTES)) {
    const value = theirs[note];
    if (value === undefined) delete merged[note];
    else merged[note] = value;
  }
  if (own[NOTES.needsHash] === undefined) delete merged[NOTES.needsHash];
  resource.annotations = merged;
  resource.name = other.name;
  resource.namespace = other.namespace;
  resource.vars = [...other.vars];
}

function mergeData({ node }: Resource, other: Resource): void {
  for (const field of ['data', 'binaryData']) {
    const merged = { ...stringsOf(fieldOf(other.node, field)), ...stringsOf(fieldOf(node, field)) };
    setData(node, field, merged);
  }
}

function setData(node: Node, field: string, strings: Readonly<Record<string, string>>): void {
  clearField(node, field);
  const keys = Object.keys(strings).sort();
  if (keys.length === 0) return;
  const data = fieldOrNew(node, field, 'mapping');
  for (const key of keys) setField(data, key, stringNode(strings[key] ?? ''));
}

function accountNamespaces(referrer: Resource): Set<string> {
  const namespaces = new Set<string>();
  if (referrer.kind !== 'RoleBinding') return namespaces;
  for (const subject of fieldOf(referrer.node, 'subjects')?.content ?? []) {
    const namespace = fieldOf(subject, 'namespace');
    if (namespace !== undefined && fieldOf(subject, 'kind')?.value === 'ServiceAccount')
      namespaces.add(namespace.value);
  }
  return namespaces;
}
