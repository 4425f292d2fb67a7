import type { Command } from '../cobra/command.js';
import { completeNames } from '../completion/resources.js';
import { cordonNodes, nodesOf } from '../drain/cordon.js';

/** `kubectl cordon`. */
export const cordon: Command = {
  name: 'cordon',
  short: 'Mark node as unschedulable',
  complete: completeNames('nodes'),
  run: function* (session, _flags, args) {
    yield* cordonNodes(session, yield* nodesOf(session, args, 'cordon'), true);
  },
};
