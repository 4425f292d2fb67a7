/** Rules of what chooses nodes (core/validation ValidateNodeSelector). */
import { type FieldError, forbidden, invalid, required } from '../field-error.js';
import { labelKey, labelValue, nameIsSubdomain } from '../names.js';
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../types/scheduling.js';
import { checkText } from './meta.js';

/** One of several terms must fit; values of labels are looked at unless they were wrong before. */
export function validateNodeSelector(
  path: string,
  { nodeSelectorTerms }: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] | null },
  looseValues = false,
): FieldError[] {
  const at = `${path}.nodeSelectorTerms`;
  const terms = nodeSelectorTerms ?? [];
  if (terms.length === 0) return [required(at, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => validateTerm(`${at}[${index}]`, term, looseValues));
}

function validateTerm(path: string, term: NodeSelectorTerm, looseValues: boolean): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((one, index) =>
      validateRequirement(`${path}.matchExpressions[${index}]`, one, looseValues),
    ),
    ...(term.matchFields ?? []).flatMap((one, index) => validateFieldOfNode(`${path}.matchFields[${index}]`, one)),
  ];
}

function validateRequirement(path: string, requirement: NodeSelectorRequirement, looseValues: boolean): FieldError[] {
  const { key = '', operator, values } = requirement;
  const given = values ?? [];
  const errors = validateOperator(path, operator ?? '', given.length);
  errors.push(...checkText(`${path}.key`, key, labelKey));
  if (looseValues) return errors;
  return [...errors, ...given.flatMap((value, index) => checkText(`${path}.values[${index}]`, value, labelValue))];
}

function validateOperator(path: string, operator: string, count: number): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (count > 0) return [];
      return [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      if (count === 0) return [];
      return [forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      if (count === 1) return [];
      return [required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
  }
}

function validateFieldOfNode(path: string, requirement: NodeSelectorRequirement): FieldError[] {
  const { key = '', operator = '', values } = requirement;
  const given = values ?? [];
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
  } else if (given.length !== 1) {
    const words = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${path}.values`, words));
  }
  if (key !== 'metadata.name') return [...errors, invalid(`${path}.key`, key, 'not a valid field selector key')];
  given.forEach((value, index) => {
    errors.push(...nameIsSubdomain(value, false).map((words) => invalid(`${path}.values[${index}]`, value, words)));
  });
  return errors;
}
