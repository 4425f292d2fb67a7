import { type Said, said } from './graph.js';
import type { HttpRoute, RouteFilter, RouteMatch } from './types.js';

/** What is wrong with a route's rules: those that are dropped, and what is said of the route. */
export interface RuleProblems {
  readonly conditions: readonly Said[];
  readonly valid: boolean;
  readonly dropped: ReadonlySet<number>;
}

const UNSUPPORTED: readonly (readonly ['timeouts' | 'retry' | 'sessionPersistence', string])[] = [
  ['timeouts', 'Timeouts'],
  ['retry', 'Retry'],
  ['sessionPersistence', 'SessionPersistence'],
];

/** Judges what the schema lets through and the controller cannot do (graph/httproute.go of v2.3). */
export function ruleProblems({ spec }: HttpRoute): RuleProblems {
  const ignored: string[] = [];
  const invalid: string[] = [];
  const dropped = new Set<number>();
  const rules = spec.rules ?? [];
  rules.forEach((rule, at) => {
    const path = `spec.rules[${at}]`;
    for (const [field, word] of UNSUPPORTED)
      if (rule[field] !== undefined) ignored.push(`${path}.${field}: Forbidden: ${word}`);
    const found = [
      ...(rule.matches ?? []).flatMap((match, index) => matchProblems(match, `${path}.matches[${index}]`)),
      ...(rule.filters ?? []).flatMap((filter, index) => filterProblems(filter, `${path}.filters[${index}]`)),
    ];
    if (found.length === 0) return;
    dropped.add(at);
    invalid.push(...found);
  });
  const all = rules.length > 0 && dropped.size === rules.length;
  const words = invalid.length === 1 ? (invalid[0] ?? '') : `[${invalid.join(', ')}]`;
  const conditions = [
    ...(ignored.length > 0
      ? [
          said(
            'Accepted',
            true,
            'UnsupportedField',
            `The following unsupported parameters were ignored: ${ignored.length === 1 ? ignored[0] : `[${ignored.join(', ')}]`}`,
          ),
        ]
      : []),
    ...(all ? [said('Accepted', false, 'UnsupportedValue', `All rules are invalid: ${words}`)] : []),
    ...(!all && invalid.length > 0
      ? [said('PartiallyInvalid', true, 'UnsupportedValue', `Dropped Rule(s): ${words}`)]
      : []),
  ];
  return { conditions, valid: !all, dropped };
}

function matchProblems({ path, headers = [], queryParams = [] }: RouteMatch, at: string): string[] {
  const pattern = (text: string, where: string) => {
    try {
      new RegExp(text);
      return [];
    } catch {
      return [`${where}: Invalid value: ${JSON.stringify(text)}: the regular expression is invalid`];
    }
  };
  const found = (path?.type === 'RegularExpression' ? pattern(path.value ?? '', `${at}.path.value`) : []) as string[];
  if (path?.value?.startsWith('/_ngf-internal'))
    found.push(
      `${at}.path.value: Invalid value: ${JSON.stringify(path.value)}: path cannot start with /_ngf-internal. This prefix is reserved for internal use`,
    );
  for (const [kind, list] of [
    ['headers', headers],
    ['queryParams', queryParams],
  ] as const)
    list.forEach(({ type, value }, index) => {
      if (type === 'RegularExpression') found.push(...pattern(value, `${at}.${kind}[${index}].value`));
    });
  return found;
}

const FILTERS = [
  'ExtensionRef',
  'RequestHeaderModifier',
  'RequestMirror',
  'RequestRedirect',
  'ResponseHeaderModifier',
  'URLRewrite',
];

function filterProblems({ type }: RouteFilter, at: string): string[] {
  if (FILTERS.includes(type) && type !== 'ExtensionRef') return [];
  return [
    `${at}.type: Unsupported value: ${JSON.stringify(type)}: supported values: ${FILTERS.map((one) => JSON.stringify(one)).join(', ')}`,
  ];
}
