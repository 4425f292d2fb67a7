import { type FieldSpec, visitField, visitFields } from '../config/field-spec.js';
import { KustomizeError, within } from '../error.js';
import type { Resource } from '../resource/resource.js';
import { isOutside, sameId } from '../resource/resource-id.js';
import type { Transformer } from '../transformer.js';
import { fieldOf, fieldOrNew, setScalar } from '../tree/fields.js';
import { isMissing, type Node, STRING, scalar, textOf } from '../tree/node.js';

const MODES = ['defaultOnly', 'none', 'allServiceAccounts'];

interface Settings {
  readonly metadata?: { readonly namespace?: string };
  readonly fieldSpecs?: readonly FieldSpec[];
  readonly unsetOnly?: boolean;
  readonly setRoleBindingSubjects?: string;
}

/** `namespace`: of all objects that are in one, and of the subjects of bindings that mean the default account. */
export const namespace: Transformer = {
  kind: 'NamespaceTransformer',
  settings: (file, configuration) =>
    file.namespace ? [{ metadata: { namespace: file.namespace }, fieldSpecs: configuration.namespace }] : [],
  configure: (raw) => {
    const settings = raw as Settings;
    const { setRoleBindingSubjects: mode } = settings;
    if (mode && !MODES.includes(mode)) {
      throw new KustomizeError(
        `invalid value "${mode}" for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`,
      );
    }
    return (resources) => {
      if (!settings.metadata?.namespace) return;
      for (const resource of resources.list) {
        if (resource.isGone) continue;
        resource.storePreviousId();
        within('namespace transformation failed', () => setNamespace(resource, settings));
        const { id } = resource;
        const same = resources.list.filter((other) => sameId(id, other.id));
        if (same.length === 1) continue;
        const shown = same.map((other) => other.toJson()).join(' ');
        throw new KustomizeError(`namespace transformation produces ID conflict: [${shown}]`);
      }
    };
  },
};

function setNamespace(resource: Resource, settings: Settings): void {
  const { node, gvk } = resource;
  const value = settings.metadata?.namespace ?? '';
  const set = (field: Node): void => {
    if (settings.unsetOnly && textOf(field) !== '') return;
    setScalar(field, scalar(value, STRING));
  };
  const creation = { kind: 'scalar', tag: STRING } as const;
  if (!isOutside(gvk)) visitField(node, { path: 'metadata/namespace', create: true }, set, creation);
  const isBinding = gvk.kind === 'RoleBinding' || gvk.kind === 'ClusterRoleBinding';
  if (isBinding) setSubjects(node, settings.setRoleBindingSubjects, set);
  const specs = (settings.fieldSpecs ?? []).filter(({ path, kind = '' }) => {
    if (path === 'metadata/namespace') return false;
    if (path === 'metadata/name' && resource.apiVersion !== 'v1') return false;
    return !(isBinding && kind.endsWith('RoleBinding') && path === 'subjects/namespace');
  });
  visitFields(node, specs, set, creation);
}

function setSubjects(node: Node, mode: string | undefined, set: (field: Node) => void): void {
  const subjects = fieldOf(node, 'subjects');
  if (mode === 'none' || isMissing(subjects)) return;
  const [field, word] = mode === 'allServiceAccounts' ? ['kind', 'ServiceAccount'] : ['name', 'default'];
  for (const subject of subjects.content) {
    if (fieldOf(subject, field)?.value === word) set(fieldOrNew(subject, 'namespace', 'scalar'));
  }
}
