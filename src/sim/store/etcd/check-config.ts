import type { EtcdFlags } from './flags.js';

/** Whether flags fit together (embed.Config.Validate); undefined when they do. */
export function checkConfig(flags: EtcdFlags): string | undefined {
  for (const url of [...flags.listenPeerUrls, ...flags.listenClientUrls, ...flags.listenMetricsUrls]) {
    const host = hostOf(url);
    if (host !== 'localhost' && !/^[\d.]+$|:/.test(host)) return `expected IP in URL for binding (${url})`;
  }
  if (flags.given.has('listen-client-urls') && !flags.given.has('advertise-client-urls')) {
    return '--advertise-client-urls is required when --listen-client-urls is set explicitly';
  }
  return undefined;
}

/** Whether the member finds itself in --initial-cluster (ServerConfig.VerifyBootstrap). */
export function checkCluster(flags: EtcdFlags): string | undefined {
  const members = new Map<string, string[]>();
  for (const part of flags.initialCluster.split(',')) {
    const [name = '', url = ''] = part.split('=', 2);
    members.set(name, [...(members.get(name) ?? []), url]);
  }
  const own = members.get(flags.name);
  if (!own) return `couldn't find local name ${JSON.stringify(flags.name)} in the initial cluster configuration`;
  const missing = own.filter((url) => !flags.initialAdvertisePeerUrls.includes(url));
  if (missing.length > 0 || own.length !== flags.initialAdvertisePeerUrls.length) {
    const shown = (urls: readonly string[]) => urls.map((url) => `${flags.name}=${url}`).join(',');
    return `--initial-cluster has ${shown(own)} but missing from --initial-advertise-peer-urls=${flags.initialAdvertisePeerUrls.join(',')} (${JSON.stringify(own[0])} != ${JSON.stringify(flags.initialAdvertisePeerUrls[0] ?? '')})`;
  }
  return undefined;
}

/** Host and port of an URL. */
export function addressOf(url: string): { secure: boolean; host: string; port: number } {
  const match = /^(https?):\/\/(.*):(\d+)$/.exec(url.trim());
  return { secure: match?.[1] === 'https', host: hostOf(url), port: Number(match?.[3] ?? 0) };
}

function hostOf(url: string): string {
  return (/^[a-z]+:\/\/(.*):\d+/.exec(url.trim())?.[1] ?? '').replace(/^\[(.*)\]$/, '$1');
}
