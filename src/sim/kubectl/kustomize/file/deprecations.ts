import type { JsonObject } from '../../../api/object.js';

const NEWER: readonly (readonly [string, string])[] = [
  ['bases', 'resources'],
  ['commonLabels', 'labels'],
  ['imageTags', 'images'],
  ['patchesJson6902', 'patches'],
  ['patchesStrategicMerge', 'patches'],
  ['vars', 'replacements'],
];

/** What kustomize says of fields that have been replaced by others. */
export function deprecations(file: JsonObject): string[] {
  return NEWER.filter(([old]) => file[old] !== undefined).map(([old, newer]) => {
    const advice = "Run 'kustomize edit fix' to update your Kustomization automatically.";
    const mark = old === 'vars' ? '[EXPERIMENTAL] ' : '';
    return `# Warning: '${old}' is deprecated. Please use '${newer}' instead. ${mark}${advice}`;
  });
}
