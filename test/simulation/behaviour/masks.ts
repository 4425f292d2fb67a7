const DURATION = String.raw`(?:\d+[ydhms])+`;

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/(resource[_ ]?version\\*"?:?\s*\\*"?)\d+/gi, '$1RV'],
  // Go leaves zeros at the end of a fraction out, so that columns of helm's tables are as wide as it happens.
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]00:00| \+0000 UTC)?(?: +(?=\t))?/g, 'TIME'],
  [/\bUPDATED +(?=\t)/g, 'UPDATED'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)/g, 'TIME'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d+ \d\d:\d\d:\d\d (?:UTC )?\d{4}/g, 'TIME'],
  [/\b\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\b/g, 'TIME'],
  [/\b\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3}\b/g, 'TIME'],
  [/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6}/gm, '$1TIME'],
  [/\[\d\d\/\w{3}\/\d{4}[: ]\d\d:\d\d:\d\d( \+0000)?\]/g, '[TIME]'],
  [/\b10\.(244|96|97|98|99|1[01]\d)\.\d+(\.\d+)?\b/g, 'ADDRESS'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '-HASH'],
  [/((?:pod|replicaset|job)\S*\/\S+?|^\w\S*?)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/gm, '$1-HASH'],
  [/((?:pod|job)s?:? "?[a-z][a-z0-9-]*?)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/gi, '$1-HASH'],
  [/((?:pod-template-hash|controller-revision-hash)[=:] ?)\w+/g, '$1HASH'],
  [/\b3[0-2]\d{3}\b/g, 'NODEPORT'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN'],
  [/\bkube-api-access-\w{5}\b/g, 'kube-api-access-HASH'],
  // Ages, in columns and behind what happened; spans that a sentence names stay.
  [new RegExp(String.raw`(\(x\d+ over )${DURATION}\)`, 'g'), '$1AGE)'],
  [new RegExp(String.raw`\(${DURATION} ago\)`, 'g'), '(AGE ago)'],
  [new RegExp(String.raw`^( *(?:Normal|Warning) +\S+ +)(?:${DURATION}|<unknown>)`, 'gm'), '$1AGE'],
  [new RegExp(String.raw`^${DURATION}(?= +(?:\(x\d+ over AGE\) +)?(?:Normal|Warning) )`, 'gm'), 'AGE'],
  [new RegExp(` ${DURATION}$`, 'gm'), ' AGE'],
  [/((?:image "[^"]*" |again )in )[\d.]+m?s \([\d.]+m?s including waiting\)/g, '$1AGE (AGE including waiting)'],
];

/** A text without what other scenes of the same world alter: names drawn, addresses, ages; columns lose their width. */
export function masked(text: string): string {
  return MASKS.reduce((shown, [pattern, mark]) => shown.replace(pattern, mark), text)
    .replace(/\n$/, '')
    .replace(/ {2,}/g, '  ')
    .replace(/-{2,}$/gm, '--')
    .replace(/[ \t]+$/gm, '');
}
