import { compareText } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';

/** `kubectl config get-users`. */
export const getUsers: Command = {
  name: 'get-users',
  short: 'Display users defined in the kubeconfig',
  run: function* (session) {
    const names = [...session.kubeconfigOrEmpty().users.keys()].sort(compareText);
    yield* session.out(`NAME\n${names.map((name) => `${name}\n`).join('')}`);
  },
};
