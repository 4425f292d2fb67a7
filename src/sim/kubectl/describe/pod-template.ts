import { compareText } from '../../api/go-text.js';
import { formatSelectorObject } from '../../api/labels.js';
import { resourceFieldValue } from '../../api/pod-fields.js';
import type { Container, EnvVar, Pod, PodSpec, Toleration } from '../../api/types/pod.js';
import type { TemplateLike } from '../workload/pod-spec.js';
import { describeContainers, type Resolve } from './containers.js';
import { describeVolumes } from './volumes.js';
import type { DescribeWriter } from './writer.js';

/** A template's variables refer to pods that are not there yet: only amounts of resources are known. */
const UNRESOLVED: Resolve = (variable, container) =>
  amountText(variable, { spec: { containers: [container] } } as Pod, container);

/** A container's own limit or request as a reference to it shows it. */
export function amountText({ valueFrom }: EnvVar, pod: Pod, container: Container): string {
  const reference = valueFrom?.resourceFieldRef;
  if (!reference) return '';
  try {
    const value = resourceFieldValue(reference, pod, container, {});
    return value === '0' && /^limits\.(cpu|memory)$/.test(reference.resource) ? 'node allocatable' : value;
  } catch {
    return '';
  }
}

/** The pod template of a workload. */
export function describePodTemplate(w: DescribeWriter, template: TemplateLike | undefined): void {
  w.write(0, 'Pod Template:\n');
  if (!template) return w.write(1, '<unset>');
  const { metadata, spec } = template;
  w.labels('  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) w.annotations('  Annotations', metadata?.annotations);
  if (!spec) return;
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName, 1);
  if (spec.initContainers?.length) describeContainers(w, 'Init Containers', spec.initContainers, [], '  ', UNRESOLVED);
  describeContainers(w, 'Containers', spec.containers, [], '  ', UNRESOLVED);
  describeVolumes(w, spec.volumes, '  ');
  describeSpread(w, spec, '  ');
  if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName, 1);
  w.labels('  Node-Selectors', spec.nodeSelector);
  w.list('  Tolerations', tolerationLines(spec.tolerations));
}

/** Topology spread constraints, if there are any. */
export function describeSpread(w: DescribeWriter, { topologySpreadConstraints }: PodSpec, space: string): void {
  const constraints = [...(topologySpreadConstraints ?? [])].sort((a, b) => compareText(a.topologyKey, b.topologyKey));
  constraints.forEach((each, i) => {
    const head = i === 0 ? `${space}Topology Spread Constraints:\t` : `${space}\t`;
    const selector = each.labelSelector ? ` for selector ${formatSelectorObject(each.labelSelector)}` : '';
    w.write(
      0,
      `${head}${each.topologyKey}:${each.whenUnsatisfiable} when max skew ${each.maxSkew} is exceeded${selector}\n`,
    );
  });
}

/** Tolerations as lines, sorted by key. */
export function tolerationLines(tolerations: readonly Toleration[] | undefined): string[] {
  return [...(tolerations ?? [])]
    .sort((a, b) => compareText(a.key ?? '', b.key ?? ''))
    .map(({ key = '', value = '', effect = '', operator, tolerationSeconds }) => {
      let line = key + (value === '' ? '' : `=${value}`) + (effect === '' ? '' : `:${effect}`);
      if (operator === 'Exists' && value === '') line += line === '' ? 'op=Exists' : ' op=Exists';
      return tolerationSeconds === undefined ? line : `${line} for ${tolerationSeconds}s`;
    });
}
