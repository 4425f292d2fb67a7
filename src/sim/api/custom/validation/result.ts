/** What comes of comparing a value with a schema (kube-openapi pkg/validation). */
import { type FieldError, invalid, notSupported, required, tooLong, tooMany } from '../../field-error.js';
import { goJson } from '../../go-text.js';

/** What kind of complaint it is, as far as the server words them differently. */
type IssueCode = 'composite' | 'enum' | 'invalid' | 'maxItems' | 'maxProperties' | 'required' | 'tooLong' | 'type';

/** One complaint of the schema library. */
export interface Issue {
  readonly code: IssueCode;
  /** Where; composite ones name no field. */
  readonly name: string;
  readonly message: string;
  readonly value?: unknown;
  /** The limit that was passed, or the values to choose from. */
  readonly valid?: unknown;
}

/** Complaints, each once, and how many checks were made: of alternatives that all fail, the one with most checks is told. */
export class Result {
  readonly issues: Issue[] = [];
  checks = 0;

  get isValid(): boolean {
    return this.issues.length === 0;
  }

  add(...issues: readonly (Issue | undefined)[]): this {
    for (const issue of issues) {
      if (issue && this.issues.every(({ message }) => message !== issue.message)) this.issues.push(issue);
    }
    return this;
  }

  merge(other: Result | undefined): this {
    if (!other) return this;
    this.checks += other.checks;
    return this.add(...other.issues);
  }
}

/** A complaint about a field, which its message names with its place. */
export function issue(code: IssueCode, name: string, words: string, value?: unknown, valid?: unknown): Issue {
  return { code, name, message: `${name} in body ${words}`, value, valid };
}

/** A complaint that belongs to no field. */
export function composite(message: string): Issue {
  return { code: 'composite', name: '', message };
}

/** Complaints in the words of the API server, below a path ('' for the object itself). */
export function fieldErrors(path: string, issues: readonly Issue[]): FieldError[] {
  return issues.map((one) => fieldError(path, one));
}

function fieldError(path: string, { code, name, message, value, valid }: Issue): FieldError {
  // Go prints a path that is not there so.
  if (code === 'composite') return invalid(path || '<nil>', '', message);
  const below = name.replace(/^\./, '');
  const at = below === '' ? path || '<nil>' : path === '' ? below : `${path}.${below}`;
  const shown = value ?? '';
  switch (code) {
    case 'required':
      return required(at);
    case 'enum':
      return notSupported(
        at,
        value,
        (valid as unknown[]).map((one) => (typeof one === 'string' ? one : goJson(one))),
      );
    case 'tooLong':
      return tooLong(at, valid as number);
    case 'maxItems':
    case 'maxProperties':
      return tooMany(at, value as number, valid as number);
    case 'type':
      return { ...invalid(at, shown, message), type: 'FieldValueTypeInvalid' };
    default:
      return invalid(at, shown, message);
  }
}
