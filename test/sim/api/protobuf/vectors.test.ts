import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { kindType } from '../../../../src/sim/api/facts/fact-types.js';
import { decodeProtobuf, encodeProtobuf } from '../../../../src/sim/api/protobuf/codec.js';
import { hasVectors, readArchive } from '../vectors.js';

const ARCHIVE = 'api-objects.tar.gz';

/** Since 0.33 these hold a number more, which is written even when it is 0, wherever a pod's status or condition stands. */
const GROWN = new Set(['core.v1.Pod', 'core.v1.PodStatusResult']);

/** Objects of the archive that no server of v1.36 takes, and why. */
const NOT_SERVED: Readonly<Record<string, readonly string[]>> = {
  'removed before v1.36': [
    'admissionregistration.k8s.io.v1beta1.MutatingWebhookConfiguration',
    'admissionregistration.k8s.io.v1beta1.ValidatingWebhookConfiguration',
    'apps.v1beta1.ControllerRevision',
    'apps.v1beta1.Deployment',
    'apps.v1beta1.DeploymentRollback',
    'apps.v1beta1.Scale',
    'apps.v1beta1.StatefulSet',
    'apps.v1beta2.ControllerRevision',
    'apps.v1beta2.DaemonSet',
    'apps.v1beta2.Deployment',
    'apps.v1beta2.ReplicaSet',
    'apps.v1beta2.Scale',
    'apps.v1beta2.StatefulSet',
    'authentication.k8s.io.v1beta1.SelfSubjectReview',
    'authentication.k8s.io.v1beta1.TokenReview',
    'authorization.k8s.io.v1beta1.LocalSubjectAccessReview',
    'authorization.k8s.io.v1beta1.SelfSubjectAccessReview',
    'authorization.k8s.io.v1beta1.SelfSubjectRulesReview',
    'authorization.k8s.io.v1beta1.SubjectAccessReview',
    'autoscaling.v2beta1.HorizontalPodAutoscaler',
    'autoscaling.v2beta2.HorizontalPodAutoscaler',
    'batch.v1beta1.CronJob',
    'certificates.k8s.io.v1beta1.CertificateSigningRequest',
    'coordination.k8s.io.v1beta1.Lease',
    'discovery.k8s.io.v1beta1.EndpointSlice',
    'events.k8s.io.v1beta1.Event',
    'extensions.v1beta1.DaemonSet',
    'extensions.v1beta1.Deployment',
    'extensions.v1beta1.DeploymentRollback',
    'extensions.v1beta1.Ingress',
    'extensions.v1beta1.NetworkPolicy',
    'extensions.v1beta1.ReplicaSet',
    'extensions.v1beta1.Scale',
    'flowcontrol.apiserver.k8s.io.v1beta1.FlowSchema',
    'flowcontrol.apiserver.k8s.io.v1beta1.PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io.v1beta2.FlowSchema',
    'flowcontrol.apiserver.k8s.io.v1beta2.PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io.v1beta3.FlowSchema',
    'flowcontrol.apiserver.k8s.io.v1beta3.PriorityLevelConfiguration',
    'networking.k8s.io.v1beta1.Ingress',
    'networking.k8s.io.v1beta1.IngressClass',
    'node.k8s.io.v1beta1.RuntimeClass',
    'policy.v1beta1.Eviction',
    'policy.v1beta1.PodDisruptionBudget',
    'rbac.authorization.k8s.io.v1beta1.ClusterRole',
    'rbac.authorization.k8s.io.v1beta1.ClusterRoleBinding',
    'rbac.authorization.k8s.io.v1beta1.Role',
    'rbac.authorization.k8s.io.v1beta1.RoleBinding',
    'scheduling.k8s.io.v1beta1.PriorityClass',
    'storage.k8s.io.v1beta1.CSIDriver',
    'storage.k8s.io.v1beta1.CSINode',
    'storage.k8s.io.v1beta1.CSIStorageCapacity',
    'storage.k8s.io.v1beta1.StorageClass',
    'storage.k8s.io.v1beta1.VolumeAttachment',
  ],
  'an alpha or beta version, which v1.36 does not serve unless --runtime-config says so': [
    'admissionregistration.k8s.io.v1alpha1.MutatingAdmissionPolicy',
    'admissionregistration.k8s.io.v1alpha1.MutatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io.v1alpha1.ValidatingAdmissionPolicy',
    'admissionregistration.k8s.io.v1alpha1.ValidatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io.v1beta1.ValidatingAdmissionPolicy',
    'admissionregistration.k8s.io.v1beta1.ValidatingAdmissionPolicyBinding',
    'certificates.k8s.io.v1alpha1.ClusterTrustBundle',
    'coordination.k8s.io.v1alpha2.LeaseCandidate',
    'internal.apiserver.k8s.io.v1alpha1.StorageVersion',
    'networking.k8s.io.v1alpha1.IPAddress',
    'networking.k8s.io.v1alpha1.ServiceCIDR',
    'networking.k8s.io.v1beta1.IPAddress',
    'networking.k8s.io.v1beta1.ServiceCIDR',
    'node.k8s.io.v1alpha1.RuntimeClass',
    'rbac.authorization.k8s.io.v1alpha1.ClusterRole',
    'rbac.authorization.k8s.io.v1alpha1.ClusterRoleBinding',
    'rbac.authorization.k8s.io.v1alpha1.Role',
    'rbac.authorization.k8s.io.v1alpha1.RoleBinding',
    'resource.k8s.io.v1alpha3.DeviceClass',
    'resource.k8s.io.v1alpha3.ResourceClaim',
    'resource.k8s.io.v1alpha3.ResourceClaimTemplate',
    'resource.k8s.io.v1alpha3.ResourceSlice',
    'resource.k8s.io.v1beta1.DeviceClass',
    'resource.k8s.io.v1beta1.ResourceClaim',
    'resource.k8s.io.v1beta1.ResourceClaimTemplate',
    'resource.k8s.io.v1beta1.ResourceSlice',
    'scheduling.k8s.io.v1alpha1.PriorityClass',
    'storage.k8s.io.v1alpha1.CSIStorageCapacity',
    'storage.k8s.io.v1alpha1.VolumeAttachment',
    'storage.k8s.io.v1alpha1.VolumeAttributesClass',
    'storage.k8s.io.v1beta1.VolumeAttributesClass',
    'storagemigration.k8s.io.v1alpha1.StorageVersionMigration',
  ],
  'sent by a server to a webhook, never to a server': ['imagepolicy.k8s.io.v1alpha1.ImageReview'],
  'an answer that is JSON only, whatever is accepted': [
    'apidiscovery.k8s.io.v2.APIGroupDiscovery',
    'apidiscovery.k8s.io.v2beta1.APIGroupDiscovery',
    'core.v1.APIGroup',
  ],
  'the frame of a stream, which names no kind': ['core.v1.WatchEvent'],
  'options that stand in the query': [
    'core.v1.CreateOptions',
    'core.v1.GetOptions',
    'core.v1.ListOptions',
    'core.v1.PatchOptions',
    'core.v1.UpdateOptions',
  ],
};
const EXCUSED = Object.values(NOT_SERVED).flat();

interface Sample {
  readonly name: string;
  readonly json: { apiVersion: string; kind: string };
  readonly protobuf: Buffer;
}

/** One fully filled object of each kind, as Kubernetes 0.32.4 wrote it. */
function samples(): Sample[] {
  if (!hasVectors(ARCHIVE)) return [];
  const files = readArchive(ARCHIVE);
  return [...files]
    .filter(([name]) => name.endsWith('.json'))
    .map(([name, bytes]) => ({
      name: name.slice(0, -5),
      json: JSON.parse(bytes.toString('utf8')),
      protobuf: files.get(name.replace(/json$/, 'pb')) as Buffer,
    }));
}

const all = samples();
const isKnown = ({ json }: Sample): boolean => kindType(json.apiVersion ?? '', json.kind ?? '') !== undefined;
const served = all.filter(({ name }) => !EXCUSED.includes(name)).map((sample) => [sample.name, sample] as const);

describe.skipIf(all.length === 0)('objects recorded from Kubernetes 0.32.4', () => {
  test('are all read, but for those that are listed with a reason', () => {
    const listed = new Set(EXCUSED);
    expect(listed.size).toBe(EXCUSED.length);
    expect(all.filter((sample) => isKnown(sample) === listed.has(sample.name)).map(({ name }) => name)).toEqual([]);
    const there = new Set(all.map(({ name }) => name));
    expect(EXCUSED.filter((name) => !there.has(name))).toEqual([]);
    expect(served.length).toBe(75);
  });

  test.each(served)('%s reads alike from JSON and from protobuf, with no field unknown in 0.36', (_, sample) => {
    const fromJson = decodeKind(sample.json.apiVersion, sample.json.kind, sample.json);
    expect([fromJson?.typeError, fromJson?.unknown]).toEqual([undefined, []]);
    expect(decodeProtobuf(sample.protobuf)).toEqual(fromJson?.object);
  });

  test.each(served)('%s is written byte for byte', (name, sample) => {
    const bytes = Buffer.from(encodeProtobuf(sample.json));
    if (!GROWN.has(name)) expect(bytes.equals(sample.protobuf)).toBe(true);
    else expect([bytes.length > sample.protobuf.length, decodeProtobuf(bytes)]).toEqual([true, sample.json]);
  });
});
