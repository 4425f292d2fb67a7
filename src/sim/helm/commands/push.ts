import { absent } from '../absent.js';

/** `helm push`: the machine's registries hold images alone. */
export const pushCommand = absent('push', 'push a chart to remote', '[chart] [remote]');
