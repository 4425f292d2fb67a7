import { absent } from '../absent.js';
import type { HelmCommand } from '../command.js';

/** `helm registry`. */
export const registryCommand: HelmCommand = {
  name: 'registry',
  short: 'login to or logout from a registry',
  commands: [absent('login', 'login to a registry', '[host]'), absent('logout', 'logout from a registry', '[host]')],
};
