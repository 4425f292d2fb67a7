/** Label selectors: reading their string form, LabelSelector objects, matching (apimachinery pkg/labels). */
import { aggregateErrors, type FieldError, invalid } from './field-error.js';
import { compareText, goQuote } from './go-text.js';
import { labelKey, labelValue } from './names.js';
import type { LabelSelector } from './object.js';
import { type SelectorToken, tokenizeSelector } from './selector-lexer.js';
import { ownField } from './set-field.js';

/** Operators of one requirement; `==` keeps its own sign when printed. */
export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

/** One condition on one label. */
export interface Requirement {
  key: string;
  operator: SelectorOperator;
  values: string[];
}

/** All requirements must hold; an empty list matches everything. `null` matches nothing. */
export type Selector = Requirement[] | null;

/** Error of a selector nobody can read, in the server's words. */
export class SelectorError extends Error {}

type LabelMap = Readonly<Record<string, string>> | undefined;

/** Whether labels fulfil a selector. */
export function matchesSelector(selector: Selector, labels: LabelMap): boolean {
  return selector?.every((requirement) => matchesRequirement(requirement, labels ?? {})) ?? false;
}

function matchesRequirement(requirement: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
  switch (requirement.operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !requirement.values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt':
      return value !== undefined && compareIntegers(value, requirement);
  }
}

function compareIntegers(value: string, requirement: Requirement): boolean {
  const bound = requirement.values[0] ?? '';
  if (!isInteger(value) || !isInteger(bound)) return false;
  return requirement.operator === 'gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}

/**
 * Read the string form, for instance `app=web,tier in (a,b),!old`.
 * @throws SelectorError in the server's words.
 */
export function parseSelector(text: string): Requirement[] {
  const requirements = new SelectorParser(tokenizeSelector(text)).parse();
  return requirements.sort((a, b) => compareText(a.key, b.key));
}

/** Write a selector in its string form. */
export function formatSelector(selector: Selector): string {
  return (selector ?? []).map(formatRequirement).join(',');
}

function formatRequirement({ key, operator, values }: Requirement): string {
  const list = [...values].sort(compareText).join(',');
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${list})`;
  return `${key}${operator === 'gt' ? '>' : operator === 'lt' ? '<' : operator}${list}`;
}

const OBJECT_OPERATORS: Record<string, SelectorOperator> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/**
 * A LabelSelector object as a selector: absent matches nothing, empty matches everything.
 * @throws SelectorError for an operator or key that validation would refuse.
 */
export function selectorFromObject(object: LabelSelector | null | undefined): Selector {
  if (object === null || object === undefined) return null;
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(object.matchLabels ?? {})) {
    requirements.push(checkedRequirement(key, '=', [value]));
  }
  for (const expression of object.matchExpressions ?? []) {
    const operator = ownField(OBJECT_OPERATORS, expression.operator);
    if (!operator) throw new SelectorError(`${goQuote(expression.operator)} is not a valid label selector operator`);
    requirements.push(checkedRequirement(expression.key, operator, [...(expression.values ?? [])]));
  }
  return requirements.sort((a, b) => compareText(a.key, b.key));
}

/** A plain map of labels as a selector, as services and replication controllers have it. */
export function selectorFromMap(labels: LabelMap): Requirement[] {
  return Object.entries(labels ?? {})
    .map(([key, value]): Requirement => ({ key, operator: '=', values: [value] }))
    .sort((a, b) => compareText(a.key, b.key));
}

/** A LabelSelector object as kubectl prints it; `<none>` when absent or empty. */
export function formatSelectorObject(object: LabelSelector | null | undefined): string {
  if (!object) return '<none>';
  const text = formatSelector(selectorFromObject(object));
  return text === '' ? '<none>' : text;
}

/** A map of labels as kubectl prints it: `a=1,b=2`, `<none>` when there are none. */
export function formatLabels(labels: LabelMap): string {
  const pairs = Object.entries(labels ?? {}).sort((a, b) => compareText(a[0], b[0]));
  return pairs.length === 0 ? '<none>' : pairs.map(([key, value]) => `${key}=${value}`).join(',');
}

function checkedRequirement(key: string, operator: SelectorOperator, values: string[]): Requirement {
  const errors: FieldError[] = [];
  const keyErrors = labelKey(key);
  if (keyErrors.length > 0) errors.push(invalid('key', key, keyErrors.join('; ')));
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    errors.push(invalid('values', [], "for 'in', 'notin' operators, values set can't be empty"));
  }
  if ((operator === 'exists' || operator === '!') && values.length > 0) {
    errors.push(invalid('values', values, 'values set must be empty for exists and does not exist'));
  }
  values.forEach((value, index) => {
    if ((operator === 'gt' || operator === 'lt') && !isInteger(value)) {
      errors.push(invalid(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
    }
    const valueErrors = labelValue(value);
    if (valueErrors.length > 0) errors.push(invalid(`values[${index}][${key}]`, value, valueErrors.join('; ')));
  });
  if (errors.length > 0) throw new SelectorError(aggregateErrors(errors));
  return { key, operator, values };
}

const BINARY_OPERATORS: Record<string, SelectorOperator> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
  in: 'in',
  notin: 'notin',
};

/** Recursive descent over the tokens; keywords read as plain words where a value is expected. */
class SelectorParser {
  private position = 0;

  constructor(private readonly tokens: SelectorToken[]) {}

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.peek();
      if (token.kind === 'end') return requirements;
      if (!this.startsRequirement(token)) {
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.requirement());
      const after = this.next();
      if (after.kind === 'end') return requirements;
      if (after.kind !== ',') throw new SelectorError(`found '${after.text}', expected: ',' or 'end of string'`);
      const following = this.peek();
      if (!this.startsRequirement(following)) {
        throw new SelectorError(`found '${following.text}', expected: identifier after ','`);
      }
    }
  }

  private startsRequirement(token: SelectorToken): boolean {
    return isWord(token) || token.kind === '!';
  }

  private requirement(): Requirement {
    try {
      return this.readRequirement();
    } catch (error) {
      if (error instanceof SelectorError) error.message = `unable to parse requirement: ${error.message}`;
      throw error;
    }
  }

  private readRequirement(): Requirement {
    let token = this.next();
    const negated = token.kind === '!';
    if (negated) token = this.next();
    if (!isWord(token)) throw new SelectorError(`found '${token.text}', expected: identifier`);
    const keyErrors = labelKey(token.text);
    // The path of a bare key is unset, which Go prints as <nil>.
    if (keyErrors.length > 0) {
      throw new SelectorError(aggregateErrors([invalid('<nil>', token.text, keyErrors.join('; '))]));
    }
    const key = token.text;
    const after = this.peek().kind;
    if (negated) return checkedRequirement(key, '!', []);
    if (after === 'end' || after === ',') return checkedRequirement(key, 'exists', []);
    const sign = this.next();
    const operator = sign.kind === 'word' ? undefined : BINARY_OPERATORS[sign.kind];
    if (!operator) {
      throw new SelectorError(`found '${sign.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
    const values = operator === 'in' || operator === 'notin' ? this.valueSet() : [this.exactValue()];
    return checkedRequirement(key, operator, values);
  }

  private exactValue(): string {
    const ahead = this.peek().kind;
    if (ahead === 'end' || ahead === ',') return '';
    const token = this.next();
    if (isWord(token)) return token.text;
    throw new SelectorError(`found '${token.text}', expected: identifier`);
  }

  private valueSet(): string[] {
    const open = this.next();
    if (open.kind !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
    const first = this.peek();
    if (first.kind === ')') {
      this.next();
      return [''];
    }
    if (!isWord(first) && first.kind !== ',') {
      throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = this.identifierList();
    if (this.next().kind !== ')') throw new SelectorError(`found '${first.text}', expected: ')'`);
    return [...values].sort(compareText);
  }

  private identifierList(): Set<string> {
    const values = new Set<string>();
    for (;;) {
      const token = this.next();
      const ahead = this.peek();
      if (isWord(token)) {
        values.add(token.text);
        if (ahead.kind === ')') return values;
        if (ahead.kind !== ',') throw new SelectorError(`found '${ahead.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.size === 0 || ahead.kind === ',' || ahead.kind === ')') values.add('');
        if (ahead.kind === ')') return values;
      } else {
        throw new SelectorError(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  private peek(): SelectorToken {
    return this.tokens[this.position] ?? { kind: 'end', text: '' };
  }

  private next(): SelectorToken {
    const token = this.peek();
    this.position += 1;
    return token;
  }
}

function isWord(token: SelectorToken): boolean {
  return token.kind === 'word' || token.kind === 'in' || token.kind === 'notin';
}
