/** What is kept of an answer: what Pod Security had to do with it. */
import { LEVELS, namespaceOf, VARIANTS } from './variants.js';

/** One answer. */
export interface Row {
  readonly id: string;
  readonly status: number;
  /** Message, reason and details of a refusal. */
  readonly refusal?: unknown;
  readonly warnings?: string;
  /** What the audit event was told by Pod Security. */
  readonly audit?: Readonly<Record<string, string>>;
  /** What /metrics tells of Pod Security. */
  readonly counted?: readonly string[];
}

/** The lines of /metrics about Pod Security. */
export function countedLines(metrics: string): string[] {
  return metrics.split('\n').filter((line) => /^(?:# (?:HELP|TYPE) )?pod_security_/.test(line));
}

/** An answer as it is compared; drawn names are masked. */
export function rowOf(id: string, status: number, body: unknown, warnings: string): Row {
  const { message, reason, details } = (body ?? {}) as Record<string, unknown>;
  const text = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null).replace(/drawn-[a-z0-9]{5}/g, 'drawn-XXXXX'));
  return {
    id,
    status,
    ...(status < 300 ? {} : { refusal: text({ message, reason, details }) }),
    ...(warnings === '' ? {} : { warnings }),
  };
}

/** The namespaces that pods are tried in, with what every namespace needs. */
export function namespaceSteps(): { path: string; body: object }[] {
  return LEVELS.flatMap((one) => {
    const [level, version] = one;
    const prefix = 'pod-security.kubernetes.io/';
    const labels = {
      [`${prefix}enforce`]: level,
      [`${prefix}enforce-version`]: version,
      [`${prefix}warn`]: 'privileged',
    };
    const name = namespaceOf(one);
    return [
      { path: '/api/v1/namespaces', body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } } },
      {
        path: `/api/v1/namespaces/${name}/serviceaccounts`,
        body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
      },
    ];
  });
}

/** Every pod in every namespace, made and not kept. */
export function variantRequests(): { id: string; path: string; body: object }[] {
  return VARIANTS.flatMap(({ id, pod }) =>
    LEVELS.map((level) => ({
      id: `${id} @ ${level.join(':')}`,
      path: `/api/v1/namespaces/${namespaceOf(level)}/pods?dryRun=All`,
      body: pod,
    })),
  );
}
