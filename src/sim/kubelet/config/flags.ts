import type { KubeletConfiguration } from './configuration.js';

/** kubelet's flags, as far as they are more than old names of configuration fields. */
export interface KubeletFlags {
  readonly kubeconfig: string | undefined;
  readonly bootstrapKubeconfig: string | undefined;
  readonly config: string | undefined;
  readonly hostnameOverride: string | undefined;
  readonly nodeIp: string | undefined;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly registerWithTaints: readonly string[];
  /** These count before what the configuration file says. */
  readonly seccompDefault: boolean | undefined;
  readonly allowedUnsafeSysctls: readonly string[] | undefined;
  readonly podManifestPath: string | undefined;
  readonly version: boolean;
}

/** Flags that kubelet 1.36 takes and this one has no further use for. */
const ACCEPTED = new Set([
  'cert-dir',
  'cgroup-driver',
  'cloud-provider',
  'container-runtime-endpoint',
  'fail-swap-on',
  'feature-gates',
  'image-credential-provider-bin-dir',
  'image-credential-provider-config',
  'log-dir',
  'logging-format',
  'max-pods',
  'node-status-update-frequency',
  'provider-id',
  'register-node',
  'resolv-conf',
  'root-dir',
  'rotate-certificates',
  'runtime-cgroups',
  'system-reserved',
  'kube-reserved',
  'tls-cert-file',
  'tls-private-key-file',
  'v',
  'vmodule',
  'address',
  'port',
  'read-only-port',
  'client-ca-file',
  'cluster-dns',
  'cluster-domain',
  'anonymous-auth',
  'authentication-token-webhook',
  'authorization-mode',
  'event-qps',
  'eviction-hard',
  'protect-kernel-defaults',
  'streaming-connection-idle-timeout',
]);
const BOOLEANS = new Set([
  'version',
  'register-node',
  'rotate-certificates',
  'fail-swap-on',
  'seccomp-default',
  'anonymous-auth',
  'authentication-token-webhook',
  'protect-kernel-defaults',
]);
const OWN = new Set([
  'allowed-unsafe-sysctls',
  'seccomp-default',
  'kubeconfig',
  'bootstrap-kubeconfig',
  'config',
  'hostname-override',
  'node-ip',
  'node-labels',
  'pod-manifest-path',
  'register-with-taints',
  'version',
]);

/** Reads the command line. Returns kubelet's own words for what it does not know. */
export function parseFlags(args: readonly string[]): KubeletFlags | { readonly error: string } {
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] as string;
    if (argument === '') continue;
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(argument);
    if (!match) return { error: `unknown command ${JSON.stringify([argument]).replace(/","/g, '" "')}` };
    const [, name = '', given] = match;
    if (!OWN.has(name) && !ACCEPTED.has(name))
      return { error: `failed to parse kubelet flag: unknown flag: --${name}` };
    if (given !== undefined) values.set(name, given);
    else if (BOOLEANS.has(name)) values.set(name, 'true');
    else if (at + 1 < args.length) {
      at += 1;
      values.set(name, args[at] as string);
    } else return { error: `failed to parse kubelet flag: flag needs an argument: --${name}` };
  }
  const labels = (values.get('node-labels') ?? '').split(',').filter(Boolean);
  return {
    kubeconfig: values.get('kubeconfig'),
    bootstrapKubeconfig: values.get('bootstrap-kubeconfig'),
    config: values.get('config'),
    hostnameOverride: values.get('hostname-override'),
    nodeIp: values.get('node-ip'),
    nodeLabels: Object.fromEntries(labels.map((pair) => pair.split('=') as [string, string])),
    registerWithTaints: (values.get('register-with-taints') ?? '').split(',').filter(Boolean),
    seccompDefault: values.has('seccomp-default') ? values.get('seccomp-default') !== 'false' : undefined,
    allowedUnsafeSysctls: values.get('allowed-unsafe-sysctls')?.split(',').filter(Boolean),
    podManifestPath: values.get('pod-manifest-path'),
    version: values.has('version'),
  };
}

/** A configuration with what the command line says instead: flags count before the file. */
export function withFlags(config: KubeletConfiguration, flags: KubeletFlags): KubeletConfiguration {
  return {
    ...config,
    seccompDefault: flags.seccompDefault ?? config.seccompDefault,
    allowedUnsafeSysctls: flags.allowedUnsafeSysctls ?? config.allowedUnsafeSysctls,
    staticPodPath: (flags.podManifestPath ?? config.staticPodPath) || undefined,
  };
}
