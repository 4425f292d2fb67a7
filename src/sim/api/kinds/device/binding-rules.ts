/** Conditions that must hold, or must not, before a pod is bound to a node with a device. */
import { duplicate, type FieldError, invalid } from '../../field-error.js';
import { labelKey } from '../../names.js';
import { checkText } from '../meta.js';
import { validateItems } from './list-rules.js';

const CONDITIONS_MAX = 4;

/** Both lists, or none; nothing in both. */
export function validateBindingConditions(
  path: string,
  holder: { readonly bindingConditions?: string[]; readonly bindingFailureConditions?: string[] },
): FieldError[] {
  const { bindingConditions: good = [], bindingFailureConditions: bad = [] } = holder;
  const at = { good: `${path}.bindingConditions`, bad: `${path}.bindingFailureConditions` };
  const rule = (item: string, name: string) => checkText(item, name, labelKey);
  const errors = [
    ...validateItems(at.good, good, CONDITIONS_MAX, rule),
    ...validateItems(at.bad, bad, CONDITIONS_MAX, rule),
  ];
  good.forEach((name, index) => {
    if (good.indexOf(name) < index) errors.push(duplicate(`${at.good}[${index}]`, name));
  });
  bad.forEach((name, index) => {
    if (bad.indexOf(name) < index) errors.push(duplicate(`${at.bad}[${index}]`, name));
    if (!good.includes(name)) return;
    const words = 'bindingFailureConditions must not overlap with bindingConditions';
    errors.push(invalid(`${at.bad}[${index}]`, name, words));
  });
  if (good.length === 0 && bad.length > 0) {
    errors.push(invalid(at.good, null, 'bindingConditions are required to use bindingFailureConditions'));
  }
  if (bad.length === 0 && good.length > 0) {
    errors.push(invalid(at.bad, null, 'bindingFailureConditions are required to use bindingConditions'));
  }
  return errors;
}
