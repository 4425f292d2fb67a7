import { decisionCommand } from '../../certificate-decision.js';

/** `kubectl certificate approve`. */
export const approve = decisionCommand('approve', { condition: 'Approved', opposite: 'Denied', word: 'approved' });
