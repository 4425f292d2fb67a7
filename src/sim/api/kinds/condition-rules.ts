/** Rules of conditions that are meta/v1 Condition (ValidateConditions of apimachinery). */
import { duplicate, type FieldError, invalid, notSupported, required, tooLong } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { labelKey } from '../names.js';
import type { Condition } from '../object.js';
import { checkText } from './meta.js';

const STATUSES = ['False', 'True', 'Unknown'];
const REASON_LENGTH_MAX = 1024;
const MESSAGE_LENGTH_MAX = 32 * 1024;
const REASON = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const REASON_WORDS = `a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '${REASON}')`;

/** All of them: each type once, and everything filled in. */
export function validateMetaConditions(conditions: readonly Partial<Condition>[], path: string): FieldError[] {
  return conditions.flatMap((condition, index) => {
    const at = `${path}[${index}]`;
    const first = conditions.findIndex(({ type }) => type === condition.type);
    return [
      ...(first < index ? [duplicate(`${at}.type`, condition.type ?? '')] : []),
      ...validateCondition(condition, at),
    ];
  });
}

function validateCondition(condition: Partial<Condition>, path: string): FieldError[] {
  const { type = '', status = '', observedGeneration = 0, lastTransitionTime, reason = '', message = '' } = condition;
  const errors = checkText(`${path}.type`, type, labelKey);
  if (!STATUSES.includes(status)) errors.push(notSupported(`${path}.status`, status, STATUSES));
  if (observedGeneration < 0) {
    const words = 'must be greater than or equal to zero';
    errors.push(invalid(`${path}.observedGeneration`, observedGeneration, words));
  }
  if (!lastTransitionTime) errors.push(required(`${path}.lastTransitionTime`));
  if (reason === '') errors.push(required(`${path}.reason`));
  else {
    if (!new RegExp(`^${REASON}$`).test(reason)) errors.push(invalid(`${path}.reason`, reason, REASON_WORDS));
    if (utf8Length(reason) > REASON_LENGTH_MAX) errors.push(tooLong(`${path}.reason`, REASON_LENGTH_MAX));
  }
  if (utf8Length(message) > MESSAGE_LENGTH_MAX) errors.push(tooLong(`${path}.message`, MESSAGE_LENGTH_MAX));
  return errors;
}
