import type { FactPackage } from '../../../api/facts/package.js';
import type { Pod } from '../../../api/types/pod.js';
import { readReviewStatus } from '../../outgoing/read-review-status.js';

const VERSION = 'imagepolicy.k8s.io/v1alpha1';
const KIND = 'ImageReview';

/** Facts of the types of k8s.io/api/imagepolicy/v1alpha1, v0.36.0. */
const TYPES: FactPackage = {
  id: 'imagepolicy.v1alpha1',
  group: 'imagepolicy.k8s.io',
  version: 'v1alpha1',
  prefix: '',
  kinds: KIND,
  types: `
ImageReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ImageReviewSpec: status:3:@ImageReviewStatus:o
ImageReviewSpec containers:1:[@ImageReviewContainerSpec:o annotations:2:{s:o namespace:3:s:o
ImageReviewContainerSpec image:1:s:o
ImageReviewStatus allowed:1:b: reason:2:s:o auditAnnotations:3:{s:o
`,
};

/** What is asked about a pod. */
export interface ImageQuestion {
  readonly containers?: readonly { readonly image?: string }[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly namespace?: string;
}

/** What came back. */
export interface ImageVerdict {
  readonly allowed: boolean;
  readonly reason: string;
  readonly auditAnnotations: Readonly<Record<string, string>>;
}

/** The question about a pod: ordinary containers before those that run first, or ephemeral ones where those are changed. */
export function imageQuestion({ metadata, spec }: Pod, namespace: string, ephemeral: boolean): ImageQuestion {
  const containers = ephemeral
    ? (spec.ephemeralContainers ?? [])
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const annotations = Object.entries(metadata.annotations ?? {})
    .filter(([key]) => key.includes('.image-policy.k8s.io/'))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...(containers.length > 0 ? { containers: containers.map(({ image }) => (image ? { image } : {})) } : {}),
    ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}),
    ...(namespace ? { namespace } : {}),
  };
}

/** The question as it is sent. */
export function imageReview(spec: ImageQuestion): object {
  return { kind: KIND, apiVersion: VERSION, metadata: {}, spec, status: { allowed: false } };
}

/** Reads an answer. Throws `Error` in the decoder's words. */
export function readVerdict(text: string): ImageVerdict {
  const { allowed, reason, auditAnnotations } = readReviewStatus(text, TYPES) as Partial<ImageVerdict>;
  return { allowed: allowed ?? false, reason: reason ?? '', auditAnnotations: auditAnnotations ?? {} };
}
