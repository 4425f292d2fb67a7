import { formatSelectorObject } from '../../../api/labels.js';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../api/types/policy.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

const INDENT = '    ';

/** Describes a network policy: whom it selects and what it lets through. */
export function* describeNetworkPolicy(w: DescribeWriter, request: DescribeRequest<NetworkPolicy>): Waiting<void> {
  const { metadata, spec } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('Created on', `${(metadata.creationTimestamp ?? '').replace('T', ' ').replace('Z', '')} +0000 UTC`);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, 'Spec:\n');
  const { podSelector = {}, policyTypes = [] } = spec;
  const selectsAll =
    Object.keys(podSelector.matchLabels ?? {}).length + (podSelector.matchExpressions ?? []).length === 0;
  w.write(1, 'PodSelector: ');
  w.write(
    2,
    `${selectsAll ? '<none> (Allowing the specific traffic to all pods in this namespace)' : formatSelectorObject(podSelector)}\n`,
  );
  if (policyTypes.includes('Ingress')) {
    w.write(1, 'Allowing ingress traffic:\n');
    describeRules(
      w,
      'ingress',
      (spec.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from })),
      'From',
      'not restricted by source',
    );
  } else w.write(1, 'Not affecting ingress traffic\n');
  if (policyTypes.includes('Egress')) {
    w.write(1, 'Allowing egress traffic:\n');
    describeRules(
      w,
      'egress',
      (spec.egress ?? []).map(({ ports, to }) => ({ ports, peers: to })),
      'To',
      'not restricted by destination',
    );
  } else w.write(1, 'Not affecting egress traffic\n');
  w.write(1, `Policy Types: ${policyTypes.length > 0 ? policyTypes.join(', ') : '<none>'}\n`);
}

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined;
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
}

function describeRules(w: DescribeWriter, direction: string, rules: readonly Rule[], word: string, open: string): void {
  if (rules.length === 0)
    return w.write(0, `${INDENT}<none> (Selected pods are isolated for ${direction} connectivity)\n`);
  rules.forEach(({ ports, peers }, i) => {
    describePorts(w, ports);
    if (!peers?.length) w.write(0, `${INDENT}${word}: <any> (traffic ${open})\n`);
    for (const peer of peers ?? []) {
      w.write(0, `${INDENT}${word}:\n`);
      describePeer(w, peer);
    }
    if (i < rules.length - 1) w.write(0, `${INDENT}----------\n`);
  });
}

function describePorts(w: DescribeWriter, ports: readonly NetworkPolicyPort[] | undefined): void {
  if (!ports?.length) return w.write(0, `${INDENT}To Port: <any> (traffic allowed to all ports)\n`);
  for (const { port, endPort, protocol = 'TCP' } of ports) {
    const shown = port ?? '<nil>';
    w.write(
      0,
      endPort === undefined
        ? `${INDENT}To Port: ${shown}/${protocol}\n`
        : `${INDENT}To Port Range: ${shown}-${endPort}/${protocol}\n`,
    );
  }
}

function describePeer(w: DescribeWriter, { namespaceSelector, podSelector, ipBlock }: NetworkPolicyPeer): void {
  if (namespaceSelector) w.write(1, `${INDENT}NamespaceSelector: ${formatSelectorObject(namespaceSelector)}\n`);
  if (podSelector) w.write(1, `${INDENT}PodSelector: ${formatSelectorObject(podSelector)}\n`);
  if (namespaceSelector || podSelector || !ipBlock) return;
  w.write(1, `${INDENT}IPBlock:\n`);
  w.write(2, `${INDENT}CIDR: ${ipBlock.cidr}\n`);
  w.write(2, `${INDENT}Except: ${(ipBlock.except ?? []).join(', ')}\n`);
}
