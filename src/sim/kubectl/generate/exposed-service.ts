import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** What an exposed object gives its service. */
export interface ServiceParts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: string; readonly protocol: string }[];
}

/** A service for an object, by the flags of `expose`. Throws for ports and affinities that are none. */
export function serviceFor({ flags }: Session, { name, labels, selector, ports }: ServiceParts): KubeObject {
  const text = (flag: string): string => flags.text(flag);
  const target = text('target-port');
  const list = ports.map(({ port, protocol }, i) => {
    if (!/^[+-]?\d+$/.test(port)) throw new CommandError(`strconv.Atoi: parsing ${goQuote(port)}: invalid syntax`);
    const number = Number(port);
    const targetPort = target === '' ? number : /^\d+$/.test(target) ? Number(target) : target;
    return { ...(ports.length > 1 ? { name: `port-${i + 1}` } : {}), protocol, port: number, targetPort };
  });
  const affinity = text('session-affinity');
  if (affinity !== '' && affinity !== 'None' && affinity !== 'ClientIP')
    throw new CommandError(`unknown session affinity: ${affinity}`);
  const type = text('type');
  const balancer = type === 'LoadBalancer' ? text('load-balancer-ip') : '';
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name, ...(Object.keys(labels).length > 0 ? { labels: { ...labels } } : {}) },
    spec: {
      ...(list.length > 0 ? { ports: list } : {}),
      selector: { ...selector },
      ...(text('cluster-ip') === '' ? {} : { clusterIP: text('cluster-ip') }),
      ...(type === '' ? {} : { type }),
      ...(text('external-ip') === '' ? {} : { externalIPs: [text('external-ip')] }),
      ...(affinity === '' ? {} : { sessionAffinity: affinity }),
      ...(balancer === '' ? {} : { loadBalancerIP: balancer }),
    },
    status: { loadBalancer: {} },
  };
}

/** Reads `a=b,c=d`. Throws for what is no label. */
export function parseLabelList(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((spec) => {
      const parts = spec.split('=');
      if (parts.length !== 2) throw new CommandError(`unexpected label spec: ${spec}`);
      if (parts[0] === '') throw new CommandError('unexpected empty label key');
      return parts as [string, string];
    }),
  );
}
