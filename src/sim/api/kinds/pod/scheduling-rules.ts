/** Rules of affinity, tolerations, taints and spreading. */
import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { labelKey, labelValue, nameIsLabel, nameIsSubdomain } from '../../names.js';
import type { LabelSelector } from '../../object.js';
import type { PodAffinityTerm, Toleration } from '../../types/pod.js';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  TopologySpreadConstraint,
} from '../../types/scheduling.js';
import { checkText, oneOf, positive, validateLabelSelector } from '../meta.js';

const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** The effect of a taint, or of a toleration that names one. */
export function validateTaintEffect(path: string, effect: string | undefined): FieldError[] {
  return effect ? oneOf(path, effect, TAINT_EFFECTS) : [required(path)];
}

/** The taints a pod tolerates. */
export function validateTolerations(path: string, tolerations: readonly Toleration[]): FieldError[] {
  return tolerations.flatMap(({ key = '', operator = '', value = '', effect = '', tolerationSeconds }, index) => {
    const at = `${path}[${index}]`;
    const errors: FieldError[] = key ? checkText(`${at}.key`, key, labelKey) : [];
    if (!key && operator !== 'Exists') {
      const words = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${at}.operator`, operator, words));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    errors.push(...validateTolerationValue(at, operator, value));
    if (effect) errors.push(...oneOf(`${at}.effect`, effect, TAINT_EFFECTS));
    return errors;
  });
}

function validateTolerationValue(at: string, operator: string, value: string): FieldError[] {
  const path = `${at}.operator`;
  switch (operator) {
    case '':
    case 'Equal': {
      const messages = labelValue(value);
      return messages.length > 0 ? [invalid(path, value, messages.join(';'))] : [];
    }
    case 'Exists':
      return value ? [invalid(path, value, "value must be empty when `operator` is 'Exists'")] : [];
    case 'Lt':
    case 'Gt':
      return [notSupported(path, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
    default:
      return [notSupported(path, operator, ['Equal', 'Exists'])];
  }
}

function validateNodeRequirement(path: string, requirement: NodeSelectorRequirement, strict: boolean): FieldError[] {
  const { key = '', operator, values = [] } = requirement;
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      const words = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      errors.push(forbidden(`${path}.values`, words));
    }
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1) {
      errors.push(required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
    }
  } else {
    errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
  }
  errors.push(...checkText(`${path}.key`, key, labelKey));
  if (strict) {
    values.forEach((value, index) => {
      errors.push(...checkText(`${path}.values[${index}]`, value, labelValue));
    });
  }
  return errors;
}

function validateFieldRequirement(path: string, requirement: NodeSelectorRequirement): FieldError[] {
  const { key = '', operator, values = [] } = requirement;
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
  } else if (values.length !== 1) {
    const words = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${path}.values`, words));
  }
  if (key !== 'metadata.name') return [...errors, invalid(`${path}.key`, key, 'not a valid field selector key')];
  values.forEach((value, index) => {
    errors.push(...nameIsSubdomain(value, false).map((words) => invalid(`${path}.values[${index}]`, value, words)));
  });
  return errors;
}

function validateNodeTerm(path: string, term: NodeSelectorTerm, strict: boolean): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((item, index) =>
      validateNodeRequirement(`${path}.matchExpressions[${index}]`, item, strict),
    ),
    ...(term.matchFields ?? []).flatMap((item, index) =>
      validateFieldRequirement(`${path}.matchFields[${index}]`, item),
    ),
  ];
}

function validateWeight(path: string, weight: number): FieldError[] {
  return weight <= 0 || weight > 100 ? [invalid(`${path}.weight`, weight ?? 0, 'must be in the range 1-100')] : [];
}

/** Where a pod wants to be, and with whom. */
export function validateAffinity(path: string, affinity: Affinity | undefined): FieldError[] {
  if (!affinity) return [];
  const errors: FieldError[] = [];
  const node = affinity.nodeAffinity;
  if (node?.[REQUIRED]) {
    const at = `${path}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
    const terms = node[REQUIRED].nodeSelectorTerms ?? [];
    if (terms.length === 0) errors.push(required(at, 'must have at least one node selector term'));
    errors.push(...terms.flatMap((term, index) => validateNodeTerm(`${at}[${index}]`, term, true)));
  }
  (node?.[PREFERRED] ?? []).forEach(({ weight, preference }, index) => {
    const at = `${path}.nodeAffinity.${PREFERRED}[${index}]`;
    errors.push(...validateWeight(at, weight), ...validateNodeTerm(`${at}.preference`, preference ?? {}, false));
  });
  errors.push(...validatePodAffinity(`${path}.podAffinity`, affinity.podAffinity));
  return [...errors, ...validatePodAffinity(`${path}.podAntiAffinity`, affinity.podAntiAffinity)];
}

function validatePodAffinity(path: string, affinity: PodAffinity | undefined): FieldError[] {
  const hard = affinity?.[REQUIRED] ?? [];
  const soft = affinity?.[PREFERRED] ?? [];
  return [
    ...hard.flatMap((term, index) => validatePodTerm(`${path}.${REQUIRED}[${index}]`, term)),
    ...soft.flatMap(({ weight, podAffinityTerm }, index) => {
      const at = `${path}.${PREFERRED}[${index}]`;
      return [...validateWeight(at, weight), ...validatePodTerm(`${at}.podAffinityTerm`, podAffinityTerm ?? {})];
    }),
  ];
}

function validatePodTerm(path: string, term: PodAffinityTerm): FieldError[] {
  const errors = [
    ...validateLabelSelector(term.labelSelector, `${path}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`),
  ];
  for (const name of term.namespaces ?? []) {
    errors.push(...nameIsLabel(name, false).map((words) => invalid(`${path}.namespace`, name, words)));
  }
  errors.push(...validateLabelKeys(path, term));
  const key = term.topologyKey ?? '';
  if (!key) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  return [...errors, ...checkText(`${path}.topologyKey`, key, labelKey)];
}

interface KeyedTerm {
  matchLabelKeys?: string[];
  mismatchLabelKeys?: string[];
  labelSelector?: LabelSelector;
}

/** Keys whose values the pod itself gives: names of labels that the selector does not use, and not in both lists. */
function validateLabelKeys(path: string, term: KeyedTerm): FieldError[] {
  const { matchLabelKeys: match = [], mismatchLabelKeys: mismatch = [], labelSelector } = term;
  const names = (list: string, keys: readonly string[]) => {
    if (keys.length > 0 && !labelSelector) {
      return [forbidden(`${path}.${list}`, 'must not be specified when labelSelector is not set')];
    }
    return keys.flatMap((key, index) => checkText(`${path}.${list}[${index}]`, key, labelKey));
  };
  const used = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  const errors = [...names('matchLabelKeys', match), ...names('mismatchLabelKeys', mismatch)];
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = match.lastIndexOf(key);
    if (index >= 0 && used.has(key)) {
      errors.push(invalid(`${path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    }
    used.add(key);
  }
  match.forEach((key, index) => {
    if (!mismatch.includes(key)) return;
    errors.push(
      invalid(`${path}.matchLabelKeys[${index}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'),
    );
  });
  return errors;
}

/** How evenly a pod's like are to be spread. */
export function validateSpread(path: string, constraints: readonly TopologySpreadConstraint[]): FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const at = `${path}[${index}]`;
    const { topologyKey, whenUnsatisfiable: action, minDomains } = constraint;
    const errors = positive(`${at}.maxSkew`, constraint.maxSkew ?? 0);
    if (!topologyKey) errors.push(required(`${at}.topologyKey`, 'can not be empty'));
    errors.push(...oneOf(`${at}.whenUnsatisfiable`, action ?? '', ['DoNotSchedule', 'ScheduleAnyway']));
    const later = constraints.slice(index + 1);
    if (later.some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === action)) {
      errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${action}}`));
    }
    if (minDomains !== undefined) {
      errors.push(...positive(`${at}.minDomains`, minDomains));
      if (action !== 'DoNotSchedule') {
        const words = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
        errors.push(invalid(`${at}.minDomains`, minDomains, words));
      }
    }
    errors.push(...oneOf(`${at}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, ['Honor', 'Ignore']));
    errors.push(...oneOf(`${at}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, ['Honor', 'Ignore']));
    errors.push(...validateLabelKeys(at, constraint));
    return [...errors, ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`)];
  });
}
