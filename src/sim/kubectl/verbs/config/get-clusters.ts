import { compareText } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';

/** `kubectl config get-clusters`. */
export const getClusters: Command = {
  name: 'get-clusters',
  short: 'Display clusters defined in the kubeconfig',
  run: function* (session) {
    const names = [...session.kubeconfigOrEmpty().clusters.keys()].sort(compareText);
    yield* session.out(`NAME\n${names.map((name) => `${name}\n`).join('')}`);
  },
};
