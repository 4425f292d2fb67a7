const MASKS: readonly (readonly [RegExp, string])[] = [
  [/kubectl-edit-\d+/g, 'kubectl-edit-N'],
  [/^[EFIW]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ /gm, 'KLOG '],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID'],
  [/(resource[_ ]?version\\*"?:?\s*\\*"?)\d+/gi, '$1RV'],
  [/(Expected resource version to be \d+, was )\d+/g, '$1RV'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]00:00| \+0000 UTC)/g, 'TIME'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)/g, 'DATE'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d+ \d\d:\d\d:\d\d UTC \d{4}/g, 'DATE'],
  [/\b10\.(0\.0|244|96|97|98|99|1[01]\d)\.\d+(\.\d+)?\b/g, 'ADDRESS'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '-HASH'],
  [/((?:pod|replicaset|job)\S*\/\S+?|^\w\S*?)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/gm, '$1-HASH'],
  [/(pod "[a-z][a-z-]*?)-[bcdfghjklmnpqrstvwxz2456789]{5}"/g, '$1-HASH"'],
  [/(pod-template-hash=)\w+/g, '$1HASH'],
  [/\b\d{1,3}s\b|\b\dm\d+s\b/g, 'AGE'],
  [/\b3[0-2]\d{3}\b/g, 'NODEPORT'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/((?:connection for|forwarding) )\d+/g, '$1PORT'],
  [/(network namespace \\?"\/var\/run\/netns\/)[^"\\]+/g, '$1NAMESPACE'],
  [/("serverAddress":")[\d.:]+/g, '$1SERVER'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN'],
];

/** A text without what is drawn anew in each run; columns that hold such things lose their width. */
export function masked(text: string): string {
  return MASKS.reduce((shown, [pattern, mark]) => shown.replace(pattern, mark), text)
    .replace(/\n$/, '')
    .replace(/ {2,}/g, '  ')
    .replace(/[ \t]+$/gm, '');
}
