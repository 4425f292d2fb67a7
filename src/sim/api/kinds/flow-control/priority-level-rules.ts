/** What is wrong with a PriorityLevelConfiguration (flowcontrol/validation). */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { internalForm } from '../../internal-form.js';
import { rangeError } from '../../names.js';
import { semanticEqual } from '../../object.js';
import type {
  LimitedPriorityLevel,
  PriorityLevelConfiguration,
  PriorityLevelConfigurationSpec,
  QueuingConfiguration,
} from '../../types/flow-control.js';
import { validateMeta } from '../meta.js';
import { MANDATORY_LEVELS } from './bootstrap.js';
import { validateConditions } from './condition-rules.js';

const QUEUES_MAX = 10_000_000;
/** More bits than this the hash of a flow does not have. */
const HASH_BITS_MAX = 60;
/** Where v1beta3 kept what it could not say. */
const ROUND_TRIP = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

/** All of a priority level, new or changed. */
export function validatePriorityLevel(level: PriorityLevelConfiguration): FieldError[] {
  const { metadata, spec, status } = level;
  const errors = validateMeta(level, false);
  if (metadata.annotations?.[ROUND_TRIP] !== undefined) {
    errors.push(forbidden('metadata.annotations', `annotation '${ROUND_TRIP}' is forbidden`));
  }
  const name = metadata.name ?? '';
  return [...errors, ...validateSpec(name, spec), ...validateMandatory(name, spec), ...validateConditions(status)];
}

function validateMandatory(name: string, spec: PriorityLevelConfigurationSpec): FieldError[] {
  const fixed = Object.hasOwn(MANDATORY_LEVELS, name) ? MANDATORY_LEVELS[name] : undefined;
  if (!fixed) return [];
  const refuse = (words: string) => [
    invalid('spec', internalForm('flowcontrol.v1.PriorityLevelConfigurationSpec', spec), words),
  ];
  if (name !== 'exempt') {
    return semanticEqual(spec, fixed) ? [] : refuse(`spec of '${name}' must equal the fixed value`);
  }
  const same = semanticEqual({ ...spec, exempt: null }, { ...fixed, exempt: null });
  return same ? [] : refuse(`spec of '${name}' except the 'spec.exempt' field must equal the fixed value`);
}

function validateSpec(name: string, { type, limited, exempt }: PriorityLevelConfigurationSpec): FieldError[] {
  const errors: FieldError[] = [];
  if ((name === 'exempt') !== (type === 'Exempt')) {
    errors.push(invalid('spec.type', type, "must be 'Exempt' if and only if `name` is 'exempt'"));
  }
  if (type === 'Exempt') {
    if (limited) errors.push(forbidden('spec.limited', 'must be nil if the type is not Limited'));
    if (!exempt) return errors;
    return [
      ...errors,
      ...validateShares('spec.exempt', exempt.nominalConcurrencyShares),
      ...validatePercent('spec.exempt.lendablePercent', exempt.lendablePercent),
    ];
  }
  if (type !== 'Limited') return [...errors, notSupported('spec.type', type, ['Exempt', 'Limited'])];
  if (exempt) errors.push(forbidden('spec.exempt', 'must be nil if the type is Limited'));
  if (limited) return [...errors, ...validateLimited('spec.limited', limited)];
  return [...errors, required('spec.limited', 'must not be empty when type is Limited')];
}

function validateShares(path: string, shares: number | null | undefined): FieldError[] {
  if (typeof shares !== 'number' || shares >= 0) return [];
  return [invalid(`${path}.nominalConcurrencyShares`, shares, 'must be a non-negative integer')];
}

function validatePercent(path: string, percent: number | undefined): FieldError[] {
  return percent === undefined || (percent >= 0 && percent <= 100) ? [] : [invalid(path, percent, rangeError(0, 100))];
}

function validateLimited(path: string, limited: LimitedPriorityLevel): FieldError[] {
  const { limitResponse, borrowingLimitPercent: borrowing } = limited;
  const errors = validateShares(path, limited.nominalConcurrencyShares);
  const { type, queuing } = limitResponse;
  const at = `${path}.limitResponse`;
  if (type === 'Reject') {
    const words = 'must be nil if limited.limitResponse.type is not Limited';
    if (queuing) errors.push(forbidden(`${at}.queuing`, words));
  } else if (type !== 'Queue') errors.push(notSupported(`${at}.type`, type, ['Queue', 'Reject']));
  else if (queuing) errors.push(...validateQueuing(`${at}.queuing`, queuing));
  else errors.push(required(`${at}.queuing`, 'must not be empty if limited.limitResponse.type is Limited'));
  errors.push(...validatePercent(`${path}.lendablePercent`, limited.lendablePercent));
  if (borrowing !== undefined && borrowing < 0) {
    const words = 'if specified, must be a non-negative integer';
    errors.push(invalid(`${path}.borrowingLimitPercent`, borrowing, words));
  }
  return errors;
}

function validateQueuing(path: string, { queues, handSize, queueLengthLimit }: QueuingConfiguration): FieldError[] {
  const errors: FieldError[] = [];
  if (queueLengthLimit <= 0) errors.push(invalid(`${path}.queueLengthLimit`, queueLengthLimit, 'must be positive'));
  if (queues <= 0) errors.push(invalid(`${path}.queues`, queues, 'must be positive'));
  else if (queues > QUEUES_MAX) {
    errors.push(invalid(`${path}.queues`, queues, `must not be greater than ${QUEUES_MAX}`));
  }
  const refuse = (words: string) => errors.push(invalid(`${path}.handSize`, handSize, words));
  if (handSize <= 0) refuse('must be positive');
  else if (handSize > queues) refuse(`should not be greater than queues (${queues})`);
  else if (Math.ceil(Math.log2(queues) * handSize) > HASH_BITS_MAX) {
    refuse(
      `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${HASH_BITS_MAX}`,
    );
  }
  return errors;
}
