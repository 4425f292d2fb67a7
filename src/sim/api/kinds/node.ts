/** core/v1 Node. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, forbidden, invalid } from '../field-error.js';
import { compareText, goJson } from '../go-text.js';
import { labelKey, labelValue } from '../names.js';
import type { Node, Taint } from '../types/node.js';
import { validateCIDR } from './ip-rules.js';
import {
  type ApiKind,
  column,
  defineKind,
  fieldLabelNotSupported,
  keepStatus,
  metadataFields,
  type Row,
  withStatus,
} from './kind.js';
import { checkText, sortedPairs, validateMeta, validateMetaUpdate } from './meta.js';
import { validateAmount } from './pod/resource-rules.js';
import { validateTaintEffect } from './pod/scheduling-rules.js';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** The strategy of nodes. */
export const nodeKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  namespaced: false,
  shortNames: ['no'],
  storagePrefix: 'minions',
  subresourceFacts: withStatus({
    name: 'proxy',
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
    body: { group: '', version: 'v1', kind: 'NodeProxyOptions' },
  }),
  applyDefaults: (object) => applyDefaults(object as Node),
  validateCreate: (object) => validateNode(object as Node),
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => [...validateNode(object as Node), ...validateUpdate(object as Node, old as Node)],
  validateStatus: (object, old) => validateUpdate(object as Node, old as Node),
  selectableFields: (object) => ({
    'metadata.name': metadataFields(object)['metadata.name'] ?? '',
    'spec.unschedulable': String((object as Node).spec.unschedulable ?? false),
  }),
  fieldLabels: ['metadata.name', 'spec.unschedulable'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Name'),
      column('Status', 'string', 0, 'The status of the node'),
      column('Roles', 'string', 0, 'The roles of the node'),
      column('Age'),
      column('Version', 'string', 0, 'core.v1.NodeSystemInfo.kubeletVersion'),
      column('Internal-IP', 'string', 1, 'core.v1.NodeStatus.addresses'),
      column('External-IP', 'string', 1, 'core.v1.NodeStatus.addresses'),
      column('OS-Image', 'string', 1, 'core.v1.NodeSystemInfo.osImage'),
      column('Kernel-Version', 'string', 1, 'core.v1.NodeSystemInfo.kernelVersion'),
      column('Container-Runtime', 'string', 1, 'core.v1.NodeSystemInfo.containerRuntimeVersion'),
    ],
    rows: (object, now) => [nodeRow(object as Node, now)],
  },
});

function applyDefaults(node: Node): void {
  node.spec ??= {};
  const { status, spec } = node;
  if (status?.capacity && !status.allocatable) status.allocatable = { ...status.capacity };
  // The old and the new way to name the pods' block are kept alike.
  if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
  else if (spec.podCIDRs?.[0]) spec.podCIDR = spec.podCIDRs[0];
}

function validateNode(node: Node): FieldError[] {
  const errors = [
    ...validateMeta(node, false),
    ...validateTaints(node.spec.taints ?? []),
    ...validateResources(node),
    ...(node.spec.podCIDRs ?? []).flatMap((block, index) => validateCIDR(`spec.podCIDRs[${index}]`, block)),
  ];
  const families = new Set((node.spec.podCIDRs ?? []).map((block) => block.includes(':')));
  const count = node.spec.podCIDRs?.length ?? 0;
  if (count > 1 && (families.size !== 2 || count > 2)) {
    const words = 'may specify no more than one CIDR for each IP family';
    errors.push(invalid('spec.podCIDRs', node.spec.podCIDRs, words));
  }
  return errors;
}

function validateResources(node: Node): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((list) =>
    sortedPairs(node.status?.[list]).flatMap(([name, text]) => validateAmount(`status.${list}.${name}`, name, text)),
  );
}

/** The path says metadata; that is the server's. */
function validateTaints(taints: readonly Taint[]): FieldError[] {
  const seen = new Set<string>();
  return taints.flatMap((taint, index) => {
    const at = `metadata.taints[${index}]`;
    const errors = checkText(`${at}.key`, taint.key ?? '', labelKey);
    const wrong = labelValue(taint.value ?? '');
    if (wrong.length > 0) errors.push(invalid(`${at}.value`, taint.value ?? '', wrong.join(';')));
    errors.push(...validateTaintEffect(`${at}.effect`, taint.effect));
    const key = `${taint.effect} ${taint.key}`;
    if (seen.has(key)) {
      // The server prints its internal form of the taint, whose fields have no JSON names.
      const shown = goJson({
        Key: taint.key,
        Value: taint.value ?? '',
        Effect: taint.effect,
        TimeAdded: taint.timeAdded ?? null,
      });
      const error = duplicate(at, '');
      errors.push({ ...error, body: `Duplicate value: ${shown}: taints must be unique by key and effect pair` });
    }
    seen.add(key);
    return errors;
  });
}

function validateUpdate(node: Node, old: Node): FieldError[] {
  const errors = [
    ...validateMetaUpdate(node, old),
    ...validateResources(node),
    ...validateTaints(node.spec.taints ?? []),
  ];
  const seen = new Set<string>();
  (node.status?.addresses ?? []).forEach((address, index) => {
    const key = `${address.type} ${address.address}`;
    if (seen.has(key)) {
      errors.push(duplicate(`status.addresses[${index}]`, { Type: address.type, Address: address.address }));
    }
    seen.add(key);
  });
  const before = old.spec.podCIDRs ?? [];
  const after = node.spec.podCIDRs ?? [];
  if (before.length > 0 && (before.length !== after.length || before.some((block, index) => block !== after[index]))) {
    const words = 'node updates may not change podCIDR except from "" to valid';
    errors.push(forbidden('spec.podCIDRs', words));
  }
  if (old.spec.providerID && old.spec.providerID !== node.spec.providerID) {
    const words = 'node updates may not change providerID except from "" to valid';
    errors.push(forbidden('spec.providerID', words));
  }
  return errors;
}

/** The roles of a node, from its labels. */
function nodeRoles(node: Node): string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort(compareText);
}

function nodeRow(node: Node, now: Micros): Row {
  const { status = {}, spec, metadata } = node;
  const ready = (status.conditions ?? []).find(({ type }) => type === 'Ready');
  const words = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
  if (spec.unschedulable) words.push('SchedulingDisabled');
  const info = status.nodeInfo;
  const kernel = info?.kernelVersion || '<unknown>';
  const address = (type: string) => (status.addresses ?? []).find((item) => item.type === type)?.address ?? '<none>';
  return {
    cells: [
      metadata.name,
      words.join(','),
      nodeRoles(node).join(',') || '<none>',
      ageOf(metadata.creationTimestamp, now),
      info?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      info?.osImage || '<unknown>',
      info?.architecture ? `${kernel} (${info.architecture})` : kernel,
      info?.containerRuntimeVersion || '<unknown>',
    ],
  };
}
