import type { HelmCommand } from '../command.js';
import type { HelmRun } from '../run.js';

/** `helm env`. */
export const envCommand: HelmCommand = {
  name: 'env',
  short: 'helm client environment information',
  arity: { most: 1 },
  *run(run, [name]) {
    const variables = variablesOf(run);
    if (name !== undefined) return yield* run.out(`${variables[name] ?? ''}\n`);
    const names = Object.keys(variables).sort();
    yield* run.out(names.map((each) => `${each}="${variables[each]}"\n`).join(''));
  },
};

function variablesOf(run: HelmRun): Record<string, string> {
  const { settings, flags, sys } = run;
  const kubeconfig = flags.text('kubeconfig');
  return {
    HELM_BIN: sys.args[0] ?? 'helm',
    HELM_BURST_LIMIT: flags.text('burst-limit'),
    HELM_CACHE_HOME: settings.cacheHome(),
    HELM_CONFIG_HOME: settings.configHome(),
    HELM_CONTENT_CACHE: settings.contentCache,
    HELM_DATA_HOME: settings.dataHome(),
    HELM_DEBUG: String(settings.debug),
    HELM_KUBEAPISERVER: settings.access('kube-apiserver', 'HELM_KUBEAPISERVER'),
    HELM_KUBEASGROUPS: flags.list('kube-as-group').join(',') || (sys.environment.get('HELM_KUBEASGROUPS') ?? ''),
    HELM_KUBEASUSER: settings.access('kube-as-user', 'HELM_KUBEASUSER'),
    HELM_KUBECAFILE: settings.access('kube-ca-file', 'HELM_KUBECAFILE'),
    HELM_KUBECONTEXT: settings.access('kube-context', 'HELM_KUBECONTEXT'),
    HELM_KUBEINSECURE_SKIP_TLS_VERIFY: String(flags.bool('kube-insecure-skip-tls-verify')),
    HELM_KUBETLS_SERVER_NAME: settings.access('kube-tls-server-name', 'HELM_KUBETLS_SERVER_NAME'),
    HELM_KUBETOKEN: settings.access('kube-token', 'HELM_KUBETOKEN'),
    HELM_MAX_HISTORY: String(settings.historyMax()),
    HELM_NAMESPACE: run.namespace(),
    HELM_PLUGINS: settings.plugins,
    HELM_QPS: Number(flags.text('qps') || '0').toFixed(2),
    HELM_REGISTRY_CONFIG: settings.registryConfig,
    HELM_REPOSITORY_CACHE: settings.repositoryCache,
    HELM_REPOSITORY_CONFIG: settings.repositoryConfig,
    ...(kubeconfig === '' ? {} : { KUBECONFIG: kubeconfig }),
  };
}
