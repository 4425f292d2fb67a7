import type { KubeObject } from '../../api/object.js';
import type { Container, Pod } from '../../api/types/pod.js';

const ENFORCE_ANNOTATION = 'kubernetes.io/enforce-mountable-secrets';
/** What Go's strconv.ParseBool takes for true. */
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];

interface Account extends KubeObject {
  secrets?: readonly { name?: string }[];
  imagePullSecrets?: readonly { name?: string }[];
}

/** Whether pods of an account may use no other secrets than the account names. */
export function enforcesSecrets({ metadata }: Account): boolean {
  return TRUE.includes(metadata.annotations?.[ENFORCE_ANNOTATION] ?? '');
}

/** Which secret of a pod its account does not name, as a refusal. */
export function secretsError(account: Account, { spec }: Pod): string | undefined {
  const { name } = account.metadata;
  const mountable = namesOf(account.secrets);
  for (const { secret } of (spec.volumes ?? []) as { secret?: { secretName?: string } }[]) {
    const secretName = secret?.secretName ?? '';
    if (!secret || mountable.has(secretName)) continue;
    return `volume with secret.secretName="${secretName}" is not allowed because service account ${name} does not reference that secret`;
  }
  const wrong =
    containersError(account, spec.initContainers, 'init container') ??
    containersError(account, spec.containers, 'container');
  if (wrong !== undefined) return wrong;
  const pull = namesOf(account.imagePullSecrets);
  const index = (spec.imagePullSecrets ?? []).findIndex((secret) => !pull.has(secret.name ?? ''));
  if (index === -1) return undefined;
  const given = spec.imagePullSecrets?.[index]?.name ?? '';
  return `imagePullSecrets[${index}].name="${given}" is not allowed because service account ${name} does not reference that imagePullSecret`;
}

/** The same of containers' environment alone. `what` names their sort. */
export function containersError(
  account: Account,
  containers: readonly Container[] | undefined,
  what: string,
): string | undefined {
  const mountable = namesOf(account.secrets);
  const because = `is not allowed because service account ${account.metadata.name} does not reference that secret`;
  for (const container of containers ?? []) {
    for (const { name, valueFrom } of container.env ?? []) {
      const secret = valueFrom?.secretKeyRef?.name;
      if (secret === undefined || mountable.has(secret)) continue;
      return `${what} ${container.name} with envVar ${name} referencing secret.secretName="${secret}" ${because}`;
    }
    for (const { secretRef } of container.envFrom ?? []) {
      const secret = secretRef?.name;
      if (secret === undefined || mountable.has(secret)) continue;
      return `${what} ${container.name} with envFrom referencing secret.secretName="${secret}" ${because}`;
    }
  }
  return undefined;
}

function namesOf(list: readonly { name?: string }[] | undefined): ReadonlySet<string> {
  return new Set((list ?? []).map(({ name }) => name ?? ''));
}
