import { parseSelector } from '../../../api/labels.js';
import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { selectorObject } from '../../generate/selector-object.js';

/** `kubectl create poddisruptionbudget`. */
export const poddisruptionbudget: Command = generatorCommand('create', {
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  short: 'Create a pod disruption budget with the specified name',
  failing: 'failed to create poddisruptionbudgets: ',
  build: function* ({ session: { flags }, name }) {
    const selector = flags.text('selector');
    const min = flags.text('min-available');
    const max = flags.text('max-unavailable');
    if (selector === '') throw new CommandError('a selector must be specified');
    if (min === '' && max === '') throw new CommandError('one of min-available or max-unavailable must be specified');
    if (min !== '' && max !== '') throw new CommandError('min-available and max-unavailable cannot be both specified');
    if (min !== '' && !/^\d+%?$/.test(min)) throw new CommandError('invalid format specified for min-available');
    if (max !== '' && !/^\d+%?$/.test(max)) throw new CommandError('invalid format specified for max-unavailable');
    const amount = (text: string): number | string => (text.endsWith('%') ? text : Number(text));
    return {
      kind: 'PodDisruptionBudget',
      apiVersion: 'policy/v1',
      metadata: { name },
      spec: {
        ...(min === '' ? {} : { minAvailable: amount(min) }),
        selector: selectorObject(parseSelector(selector)),
        ...(max === '' ? {} : { maxUnavailable: amount(max) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
});
