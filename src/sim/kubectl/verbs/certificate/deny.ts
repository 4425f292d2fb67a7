import { decisionCommand } from '../../certificate-decision.js';

/** `kubectl certificate deny`. */
export const deny = decisionCommand('deny', { condition: 'Denied', opposite: 'Approved', word: 'denied' });
