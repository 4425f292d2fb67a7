import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';

/**
 * The one address of a name that busybox's applets try (xconnect.c str2sockaddr): the first of IPv4 as busybox is built
 * by itself, the first of all as Alpine builds it (FEATURE_PREFER_IPV4_ADDRESS).
 */
export function preferredAddress(sys: Sys, addresses: readonly string[]): string {
  const four = exists(sys, '/etc/alpine-release') ? undefined : addresses.find((address) => !address.includes(':'));
  return four ?? (addresses[0] as string);
}
