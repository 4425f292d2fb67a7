import { notSupported, printFieldError } from '../../api/field-error.js';
import { StatusError, unnamedError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { concernedPod, placedContainers } from './concerned-pod.js';
import { aggregated, refusal } from './refusal.js';

const ALWAYS = 'Always';

/** Images are pulled for each container anew, so that nobody uses one that only others may pull. */
export const ALWAYS_PULL_IMAGES: Admission = {
  name: 'AlwaysPullImages',
  mutate(request) {
    const pod = podOf(request);
    if (!pod) return;
    for (const { container } of placedContainers(pod.spec)) container.imagePullPolicy = ALWAYS;
    for (const { image } of imageVolumes(pod)) image.pullPolicy = ALWAYS;
  },
  validate(request) {
    const pod = podOf(request);
    if (!pod) return;
    const policies = [
      ...placedContainers(pod.spec).map(({ container, path }) => [
        `${path}.imagePullPolicy`,
        container.imagePullPolicy,
      ]),
      ...imageVolumes(pod).map(({ image, index }) => [`spec.volumes[${index}].image.pullPolicy`, image.pullPolicy]),
    ] as [path: string, policy: string | undefined][];
    const wrong = policies.filter(([, policy]) => policy !== ALWAYS);
    if (wrong.length === 0) return;
    const words = wrong.map(
      ([path, policy]) =>
        refusal(request, printFieldError(notSupported(path, policy ?? '', [ALWAYS]))).status.message ?? '',
    );
    // Several refusals together are no refusal any more but an error of the server.
    throw new StatusError(unnamedError(aggregated(words)));
  },
};

function podOf(request: AdmissionRequest): Pod | undefined {
  const pod = concernedPod(request, ['CREATE', 'UPDATE']);
  if (!pod || !request.old) return pod;
  const images = (of: Pod) => placedContainers(of.spec).map(({ container }) => container.image);
  const before = new Set(images(request.old as Pod));
  return images(pod).every((image) => before.has(image)) ? undefined : pod;
}

function imageVolumes({ spec }: Pod): { image: { pullPolicy?: string }; index: number }[] {
  return (spec.volumes ?? []).flatMap((volume, index) => {
    const { image } = volume as { image?: { pullPolicy?: string } };
    return image ? [{ image, index }] : [];
  });
}
