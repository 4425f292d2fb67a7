import { INGRESS_NGINX, METRICS_SERVER } from './add-on-charts.js';
import { ARGO_CD } from './argo-cd.js';
import { type ChartRepository, repositoryFileOf } from './offer.js';
import { bitnamiCharts, exampleCharts } from './servers.js';

/** The repositories of charts in the world, under the addresses that tasks and projects' pages name. */
const REPOSITORIES: readonly ChartRepository[] = [
  { url: 'https://argoproj.github.io/argo-helm', charts: ARGO_CD },
  { url: 'https://charts.bitnami.com/bitnami', charts: bitnamiCharts() },
  { url: 'https://charts.example.com/stable', charts: exampleCharts() },
  { url: 'https://kubernetes-sigs.github.io/metrics-server', charts: METRICS_SERVER },
  { url: 'https://kubernetes.github.io/ingress-nginx', charts: INGRESS_NGINX },
];

/** What a repository of charts has at a host's path; undefined when there is none, or nothing. */
export function chartFile(host: string, path: string): Uint8Array | string | undefined {
  for (const repository of REPOSITORIES) {
    const { host: own, pathname } = new URL(repository.url);
    if (own === host && path.startsWith(`${pathname}/`))
      return repositoryFileOf(repository, path.slice(pathname.length + 1));
  }
  return undefined;
}
