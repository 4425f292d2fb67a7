import type { ErrorObject } from 'ajv';

/** Errors that say that a branch is not the one that was meant: its own field is missing, or the value is of another form. */
const OTHER_FORM = new Set(['required', 'type', 'const', 'enum']);

/**
 * Behind a failed `oneOf` ajv lists why every branch failed. What helps is the errors of the branch that was meant: the
 * one whose own form the value has. Where there is none, the `oneOf` itself says what there is to choose from.
 */
export function withoutOtherBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const meant = new Map(choices.map((choice) => [choice, meantBranch(choice, errors)]));
  return errors.filter((error) => {
    if (meant.get(error) !== undefined) return false;
    return choices.every((choice) => choice === error || !isWithin(error, choice) || isMeant(error, choice));
  });

  function isMeant(error: ErrorObject, choice: ErrorObject): boolean {
    return branchOf(error, choice) === meant.get(choice);
  }
}

function meantBranch(choice: ErrorObject, errors: readonly ErrorObject[]): string | undefined {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    if (error === choice || !isWithin(error, choice)) continue;
    const branch = branchOf(error, choice);
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const own = (list: readonly ErrorObject[]): ErrorObject[] =>
    list.filter(({ instancePath }) => instancePath === choice.instancePath);
  return [...branches]
    .filter(([, list]) => own(list).every(({ keyword }) => !OTHER_FORM.has(keyword)))
    .sort(([, one], [, other]) => own(one).length - own(other).length)[0]?.[0];
}

function branchOf({ schemaPath }: ErrorObject, choice: ErrorObject): string {
  return schemaPath.slice(choice.schemaPath.length + 1).split('/')[0] as string;
}

function isWithin(error: ErrorObject, choice: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && isBelow(error.instancePath, choice.instancePath);
}

function isBelow(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}
