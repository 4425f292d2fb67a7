/** What the server fills in for pods and pod templates (pkg/apis/core/v1 defaults). */
import { parseImageReference } from '../../image-reference.js';
import { podAmounts } from '../../pod-requests.js';
import { canonicalQuantity, formatQuantity, parseQuantity, QuantityError, roundUpQuantity } from '../../quantity.js';
import type { Container, ObjectFieldSelector, Pod, PodSpec, Probe, ResourceRequirements } from '../../types/pod.js';
import type { Volume } from '../../types/volume.js';
import type { ClaimTemplate } from './claim-template-rules.js';

const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3600;

/** Defaults of a pod: those of its spec, and the few that templates do not get. */
export function defaultPod(pod: Pod): void {
  const { spec } = pod;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) requestLimits(container);
  defaultPodHugePages(spec);
  defaultPodRequests(spec);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) {
    for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
      for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
    }
  }
  defaultPodSpec(spec);
}

/** Defaults of a pod's or a template's spec. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  if (!spec.serviceAccountName && spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else delete spec.serviceAccount;
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  if (spec.resources) roundResources(spec.resources);
}

/** A limit without a request is the request too; pods only, not templates. */
function requestLimits(container: Container): void {
  const limits = container.resources?.limits;
  if (!container.resources || !limits) return;
  container.resources.requests = { ...limits, ...container.resources.requests };
}

/** Where a pod says something of its own, its limits of huge pages are those of its containers together. */
function defaultPodHugePages(spec: PodSpec): void {
  const { resources, overhead: _overhead, ...containersOnly } = spec;
  const given = [...Object.keys(resources?.limits ?? {}), ...Object.keys(resources?.requests ?? {})];
  if (!resources || given.length === 0) return;
  for (const [name, amount] of podAmounts({ ...containersOnly, containers: spec.containers ?? [] }, 'limits')) {
    if (!name.startsWith('hugepages-') || given.includes(name)) continue;
    resources.limits = { ...resources.limits, [name]: formatQuantity(amount) };
  }
}

/** With limits of its own, a pod requests what its containers do together, or else its limits. */
function defaultPodRequests(spec: PodSpec): void {
  const limits = spec.resources?.limits ?? {};
  if (!spec.resources || Object.keys(limits).length === 0) return;
  const { resources: _resources, overhead: _overhead, ...containersOnly } = spec;
  const requests: Record<string, string> = {};
  for (const [name, amount] of podAmounts({ ...containersOnly, containers: spec.containers ?? [] }, 'requests')) {
    if (name === 'cpu' || name === 'memory') requests[name] = formatQuantity(amount);
  }
  for (const [name, limit] of Object.entries(limits)) {
    if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) requests[name] ??= limit;
  }
  Object.assign(requests, spec.resources.requests);
  if (Object.keys(requests).length > 0) spec.resources.requests = requests;
}

/** Amounts are kept in thousandths and in canonical form. */
function roundResources(resources: ResourceRequirements): void {
  for (const list of [resources.limits, resources.requests]) {
    for (const name of Object.keys(list ?? {})) {
      if (list) list[name] = roundToMilli(String(list[name]));
    }
  }
}

function roundToMilli(text: string): string {
  try {
    const { quantity, exact } = roundUpQuantity(parseQuantity(text), -3);
    return exact ? (canonicalQuantity(text) ?? text) : formatQuantity(quantity);
  } catch (error) {
    if (error instanceof QuantityError) return text;
    throw error;
  }
}

function defaultContainer(container: Container): void {
  container.imagePullPolicy ||= pullPolicy(container.image ?? '');
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.resources ??= {};
  roundResources(container.resources);
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) defaultFieldRef(variable.valueFrom.fieldRef);
    if (variable.valueFrom?.resourceFieldRef) variable.valueFrom.resourceFieldRef.divisor ||= '0';
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  for (const handler of [container.lifecycle?.postStart, container.lifecycle?.preStop]) {
    if (handler?.httpGet) defaultHttpGet(handler.httpGet);
  }
}

/** Always for the tag latest, named or not; IfNotPresent for every other. */
function pullPolicy(image: string): string {
  return parseImageReference(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  if (probe.httpGet) defaultHttpGet(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= '';
}

function defaultHttpGet(action: { path?: string; scheme?: string }): void {
  action.path ||= '/';
  action.scheme ||= 'HTTP';
}

function defaultFieldRef(reference: ObjectFieldSelector): void {
  reference.apiVersion ||= 'v1';
}

function defaultVolume(volume: Volume): void {
  const hasSource = Object.keys(volume).some(
    (key) => key !== 'name' && volume[key] !== undefined && volume[key] !== null,
  );
  if (!hasSource) volume.emptyDir = {};
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.secret) volume.secret.defaultMode ??= FILE_MODE;
  if (volume.configMap) volume.configMap.defaultMode ??= FILE_MODE;
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= FILE_MODE;
    for (const item of volume.downwardAPI.items ?? []) if (item.fieldRef) defaultFieldRef(item.fieldRef);
  }
  if (volume.projected) defaultProjected(volume.projected);
  const claim = volume.ephemeral?.volumeClaimTemplate as ClaimTemplate | undefined;
  if (claim?.spec) claim.spec.volumeMode ??= 'Filesystem';
  if (volume.iscsi) volume.iscsi['iscsiInterface'] ||= 'default';
  if (volume.rbd) {
    volume.rbd['pool'] ||= 'rbd';
    volume.rbd['user'] ||= 'admin';
    volume.rbd['keyring'] ||= '/etc/ceph/keyring';
  }
  if (volume.image) volume.image.pullPolicy ||= pullPolicy(volume.image.reference ?? '');
}

function defaultProjected(projected: NonNullable<Volume['projected']>): void {
  projected.defaultMode ??= FILE_MODE;
  for (const source of projected.sources ?? []) {
    for (const item of source.downwardAPI?.items ?? []) if (item.fieldRef) defaultFieldRef(item.fieldRef);
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
  }
}
