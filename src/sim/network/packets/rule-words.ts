import { isIpv6 } from '../addresses.js';
import type { Backend } from '../node.js';
import type { PortRule } from '../services/port-rule.js';
import { chainHash } from './names.js';

/** The chains of one port's rule, by the names kube-proxy gives them. */
export interface ChainNames {
  readonly cluster: string;
  readonly local: string;
  readonly external: string;
  readonly firewall: string;
  endpoint(backend: Backend): string;
}

/** `KUBE-SVC-…` and its kin: the beginning of the hash of name and protocol. */
export function chainNames({ name, protocol }: PortRule): ChainNames {
  const hash = chainHash(name + protocol);
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    endpoint: (backend) => `KUBE-SEP-${chainHash(name + protocol + hostPort(backend))}`,
  };
}

/** `10.244.1.3:80`, or with brackets for IPv6. */
export function hostPort({ address, port }: Backend): string {
  return isIpv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** An address as iptables-save writes it. */
export function single(address: string): string {
  return `${address}/${isIpv6(address) ? 128 : 32}`;
}

/** A comment as iptables-save writes it: in quotes when it holds a blank. */
export function comment(text: string): string {
  return `-m comment --comment ${/\s/.test(text) ? `"${text}"` : text}`;
}

/** A share as the kernel keeps it: in units of 2^-31. */
export function probability(share: number): string {
  return (Math.round(share * 2 ** 31) / 2 ** 31).toFixed(11);
}
