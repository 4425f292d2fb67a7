import type { Outcomes } from './outcome.js';

/** Plug-ins that have nothing to do, and why: another one is to have cases. */
export const IDLE: Readonly<Record<string, string>> = {
  AlwaysAdmit: 'admits always',
  ClusterTrustBundleAttest: 'cluster trust bundles are not served',
  JobValidation: 'needs a feature that is off',
  PodGroupProtection: 'needs a feature that is off',
  PodGroupWorkloadExists: 'needs a feature that is off',
};

/** What is shown of each admission plug-in, alphabetically. */
export const PLUGINS: Readonly<Record<string, Outcomes>> = {
  AlwaysDeny: {
    allowed: ['played', 'AlwaysDeny: read', 'ConfigMap'],
    refused: ['played', 'AlwaysDeny: made', 'admission control is denying all modifications'],
  },
  AlwaysPullImages: {
    allowed: ['limits', 'extended plain', '"image":"nginx:1"'],
    changed: ['limits', 'extended policy', '"imagePullPolicy":"Always"'],
  },
  CertificateApproval: {
    allowed: ['authentication', 'by hand decisions: other approved by kim', '"type":"Approved"'],
    refused: [
      'authentication',
      'by hand decisions: other approved by jane',
      'user not permitted to approve requests with signerName \\"example.com/own\\"',
    ],
  },
  CertificateSigning: {
    allowed: ['authentication', 'by hand decisions: failed by status', '"type":"Failed"'],
    refused: [
      'authentication',
      'by hand decisions: other failed by kim',
      'user not permitted to sign requests with signerName \\"example.com/own\\"',
    ],
  },
  CertificateSubjectRestriction: {
    allowed: ['scene', 'certificates.txt: kubectl apply -f alice.yaml', 'own-alice created'],
    refused: [
      'scene',
      'certificates.txt: kubectl create -f boss.yaml',
      'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
    ],
  },
  DefaultIngressClass: {
    allowed: ['limits', 'classes ingress named', '"ingressClassName":"other"'],
    changed: ['limits', 'classes ingress plain', '"ingressClassName":"first"'],
  },
  DefaultStorageClass: {
    allowed: ['played', 'DefaultStorageClass: another', '"storageClassName":"slow"'],
    changed: ['played', 'DefaultStorageClass: none', '"storageClassName":"usual"'],
  },
  DefaultTolerationSeconds: {
    allowed: ['limits', 'classes tolerates-all', '"tolerations":[{"operator":"Exists"}]'],
    changed: [
      'limits',
      'classes tolerates',
      '{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}',
    ],
  },
  DenyServiceExternalIPs: {
    allowed: ['limits', 'extended service in', '"kind":"Service"'],
    refused: ['limits', 'extended service out', 'Use of external IPs is denied by admission control'],
  },
  EventRateLimit: {
    allowed: ['limits', 'extended event other', '"kind":"Event"'],
    refused: ['limits', 'extended event e2', 'limit reached on type SourceAndObject for key cPodextendedx'],
  },
  ExtendedResourceToleration: {
    allowed: ['limits', 'extended burstable', '"requests":{"cpu":"1"}'],
    changed: ['limits', 'extended gpu', '{"key":"nvidia.com/gpu","operator":"Exists","effect":"NoSchedule"}'],
  },
  ImagePolicyWebhook: {
    allowed: ['image-policy', 'closed: good', '"containers":["good/one"]'],
    refused: ['image-policy', 'closed: bad', 'image policy webhook backend denied one or more images: not from there'],
    audited: ['image-policy', 'closed: audited', 'imagepolicywebhook.image-policy.k8s.io'],
  },
  LimitPodHardAntiAffinityTopology: {
    allowed: ['limits', 'extended host', '"topologyKey":"kubernetes.io/hostname"'],
    refused: ['limits', 'extended zone', 'TopologyKey zone but only key kubernetes.io/hostname is allowed'],
  },
  LimitRanger: {
    allowed: ['limits', 'range-1 pod 0', '"kind":"Pod"'],
    refused: ['limits', 'range-0 pod 1', 'cpu max limit to request ratio per Pod is 3, but provided ratio is 4.000000'],
    changed: ['limits', 'range-0 pod 0', '"requests":{"cpu":"500m","memory":"64Mi"}'],
  },
  MutatingAdmissionPolicy: {
    allowed: ['admission', 'm-label: a pod', '"kind":"Pod"'],
    refused: ['admission', 'm-fails: a config map', "policy 'm-fails' with binding 'm-fails' denied request"],
    changed: ['admission', 'm-label: a config map', '"labels":{"seen":"yes"}'],
  },
  MutatingAdmissionWebhook: {
    allowed: ['admission', 'c-nobody-ignored: a config map', '"kind":"ConfigMap"'],
    refused: ['admission', 'c-label-deny: a pod', 'denied the request: no pods'],
    changed: ['admission', 'c-label: a config map', '"labels":{"seen":"yes"}'],
    warned: ['scene', 'webhooks.txt: kubectl create -f note.yaml', 'Warning: look out'],
    audited: [
      'played',
      'MutatingAdmissionWebhook: a config map',
      '"mutation.webhook.admission.k8s.io/round_0_index_0":"{\\"configuration\\":\\"change\\"',
    ],
  },
  NamespaceAutoProvision: {
    allowed: ['played', 'NamespaceAutoProvision: in a namespace that is there', '"ConfigMap"'],
    changed: ['played', 'NamespaceAutoProvision: the namespace of another', '"name":"elsewhere"'],
  },
  NamespaceExists: {
    allowed: ['played', 'NamespaceExists: in a namespace that is there', '"ConfigMap"'],
    refused: ['played', 'NamespaceExists: elsewhere', 'namespaces \\"elsewhere\\" not found'],
  },
  NamespaceLifecycle: {
    allowed: ['limits', 'maps-quota map b', '"kind":"ConfigMap"'],
    refused: ['limits', 'classes lost namespace', 'namespaces \\"lost\\" not found'],
  },
  NodeDeclaredFeatureValidator: {
    allowed: ['resize', 'by hand resize-bound: what fits', '"kind":"Pod"'],
    refused: [
      'resize',
      "by hand resize-bound: the pod's own resources on a node that cannot",
      'requires features InPlacePodLevelResourcesVerticalScaling which are not available on node',
    ],
  },
  NodeRestriction: {
    allowed: ['authentication', 'by hand node-restriction: label topology.kubernetes.io/zone', '"kind":"Node"'],
    refused: [
      'authentication',
      'by hand node-restriction: another one changed',
      'node \\"node-a\\" is not allowed to modify node \\"node-b\\"',
    ],
  },
  OwnerReferencesPermissionEnforcement: {
    allowed: ['limits', 'extended owned', '"kind":"Pod"'],
    refused: [
      'played',
      'OwnerReferencesPermissionEnforcement: owned',
      "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>",
    ],
  },
  PersistentVolumeClaimResize: {
    allowed: ['played', 'PersistentVolumeClaimResize: of a class that grows', '"storage":"2Gi"'],
    refused: [
      'played',
      'PersistentVolumeClaimResize: of a class that does not',
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    ],
  },
  PodNodeSelector: {
    allowed: ['limits', 'selecting 2', '"disk":"ssd"'],
    refused: ['limits', 'selecting 1', 'pod node label selector conflicts with its namespace node label selector'],
    changed: ['limits', 'selecting 0', '"nodeSelector":{"env":"prod"}'],
  },
  PodResizeValidator: {
    allowed: ['resize', 'by hand resize-bound: what fits', '"kind":"Pod"'],
    refused: [
      'resize',
      'by hand resize-bound: more than the node has',
      "node didn't have enough allocatable resources: cpu, requested: 1100, allocatable: 1000",
    ],
  },
  PodSecurity: {
    allowed: ['pod-security', 'plain @ baseline:latest', ''],
    refused: ['pod-security', 'plain @ restricted:latest', 'violates PodSecurity \\"restricted:latest\\"'],
    warned: [
      'pod-security',
      'by hand ps-workloads: privileged Deployment in NS-both',
      'would violate PodSecurity \\"baseline:latest\\"',
    ],
    audited: [
      'pod-security',
      'by hand ps-workloads: privileged Deployment in NS-both',
      '"pod-security.kubernetes.io/audit-violations":"would violate PodSecurity \\"restricted:latest\\"',
    ],
  },
  PodTolerationRestriction: {
    allowed: ['limits', 'allowing 0', '"kind":"Pod"'],
    refused: ['limits', 'allowing 4', 'conflict with its namespace whitelist'],
    changed: ['limits', 'tolerating 0', '"tolerationSeconds":20'],
  },
  PodTopologyLabels: {
    allowed: ['limits', 'classes nowhere', '"nodeName":"gone"'],
    changed: ['limits', 'classes there', '"topology.kubernetes.io/zone":"z1"'],
  },
  Priority: {
    allowed: ['limits', 'classes heavy', '"priority":0'],
    refused: ['limits', 'classes priority-none', 'no PriorityClass with name lost was found'],
    changed: ['limits', 'classes priority', '"priority":100000'],
  },
  ResourceQuota: {
    allowed: ['limits', 'dear a', '"kind":"Pod"'],
    refused: ['limits', 'dear b', 'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1'],
  },
  RuntimeClass: {
    allowed: ['limits', 'classes same', '"overhead":{"cpu":"250m","memory":"120Mi"}'],
    refused: ['limits', 'classes other', "Pod's Overhead doesn't match RuntimeClass's defined Overhead"],
    changed: ['limits', 'classes heavy', '"overhead":{"cpu":"250m","memory":"120Mi"}'],
  },
  ServiceAccount: {
    allowed: ['authentication', 'by hand accounts: a secret that is named', '"kind":"Pod"'],
    refused: ['authentication', 'by hand accounts: nobody', 'error looking up service account by-hand-accounts/nobody'],
    changed: ['authentication', 'by hand accounts: default', '"serviceAccountName":"default"'],
  },
  StorageObjectInUseProtection: {
    allowed: ['creates', 'create v1 ConfigMap settings', '"kind":"ConfigMap"'],
    changed: ['creates', 'create v1 PersistentVolumeClaim data', '"finalizers":["kubernetes.io/pvc-protection"]'],
  },
  TaintNodesByCondition: {
    allowed: ['creates', 'create v1 ConfigMap settings', '"kind":"ConfigMap"'],
    changed: [
      'authentication',
      'by hand node-restriction: node a',
      '"taints":[{"key":"node.kubernetes.io/not-ready","effect":"NoSchedule"}]',
    ],
  },
  ValidatingAdmissionPolicy: {
    allowed: ['admission', 'v-plain: a config map with labels', '"kind":"ConfigMap"'],
    refused: [
      'admission',
      'v-plain: a config map',
      "ValidatingAdmissionPolicy 'v-plain' with binding 'v-plain' denied",
    ],
    warned: ['admission', 'v-warn: a config map', "Validation failed for ValidatingAdmissionPolicy 'v-warn'"],
    audited: [
      'played',
      'ValidatingAdmissionPolicy: a config map',
      '"validation.policy.admission.k8s.io/validation_failure":"[{\\"message\\":\\"no more than none\\",\\"policy\\":\\"p\\",\\"binding\\":\\"p\\"',
    ],
  },
  ValidatingAdmissionWebhook: {
    allowed: ['admission', 'j-allow: a config map', '"kind":"ConfigMap"'],
    refused: ['admission', 'j-deny: a config map', 'denied the request: not here'],
    warned: ['admission', 'j-warn: a config map', 'look out'],
    audited: ['played', 'ValidatingAdmissionWebhook: a config map', '"judge.example.com/seen":"by the hook"'],
  },
};
