import { parseSelector } from '../../../api/labels.js';
import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { selectorObject } from '../../generate/selector-object.js';
import { ChangeProblems, changeAll, setTargets } from '../../workload/patch-all.js';

/** `kubectl set selector`. */
export const selector: Command = {
  name: 'selector',
  short: 'Set the selector on a resource',
  complete: completeResources,
  run: function* (session, _flags, args) {
    const text = args.at(-1);
    if (text === undefined) throw new CommandError('one selector is required');
    const { matchLabels = {}, matchExpressions } = selectorObject(parseSelector(text));
    const infos = yield* setTargets(session, args.slice(0, -1));
    yield* changeAll(session, infos, {
      failing: '',
      done: 'selector updated',
      printUnchanged: true,
      change: (object) => {
        if (object.kind !== 'Service')
          throw new ChangeProblems([new CommandError('setting a selector is only supported for Services')]);
        if (matchExpressions)
          throw new ChangeProblems([
            new CommandError(
              `match expression [${matchExpressions.map(goStruct).join(' ')}] not supported on this object`,
            ),
          ]);
        object['spec'] = { ...(object['spec'] as object), selector: matchLabels };
      },
    });
  },
};

/** As Go prints a requirement with %v. */
function goStruct(requirement: { key: string; operator: string; values?: readonly string[] }): string {
  return `{${requirement.key} ${requirement.operator} [${(requirement.values ?? []).join(' ')}]}`;
}
