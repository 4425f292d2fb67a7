import { printYaml } from '../../../api/yaml/print.js';
import type { Resource } from './resource.js';

export const ORIGIN = 'config.kubernetes.io/origin';
export const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

/** Where a resource, or what changed it, came from (`buildMetadata`). */
export interface Origin {
  readonly path?: string;
  readonly configuredIn?: string;
  readonly configuredBy?: Readonly<Record<string, string>>;
}

/** An origin as text, its fields in kustomize's order. */
function originText({ path, configuredIn, configuredBy }: Origin): string {
  const lines: string[] = [];
  if (path) lines.push(`path: ${inline(path)}`);
  if (configuredIn) lines.push(`configuredIn: ${inline(configuredIn)}`);
  if (configuredBy) {
    lines.push('configuredBy:');
    for (const field of ['apiVersion', 'kind', 'name', 'namespace']) {
      const value = configuredBy[field];
      if (value) lines.push(`  ${field}: ${inline(value)}`);
    }
  }
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

function inline(text: string): string {
  return printYaml(text).trimEnd();
}

/** Notes the origin of resources that have none. */
export function addOrigin(resources: readonly Resource[], origin: Origin | undefined): void {
  if (origin === undefined) return;
  for (const resource of resources) {
    if (resource.annotations[ORIGIN] !== undefined) continue;
    resource.annotations = { ...resource.annotations, [ORIGIN]: originText(origin) };
  }
}

/** Notes what changed resources; for those without an origin it is what made them. */
export function addTransformation(resources: readonly Resource[], origin: Origin | undefined): void {
  if (origin === undefined) return;
  const text = originText(origin);
  for (const resource of resources) {
    const annotations = resource.annotations;
    if (annotations[ORIGIN] === undefined) {
      resource.annotations = { ...annotations, [ORIGIN]: text };
      continue;
    }
    const item = text.trimEnd().replaceAll('\n', '\n  ');
    resource.annotations = {
      ...annotations,
      [TRANSFORMATIONS]: `${annotations[TRANSFORMATIONS] ?? ''}- ${item}\n`,
    };
  }
}
