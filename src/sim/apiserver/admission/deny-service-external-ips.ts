import type { Service } from '../../api/types/service.js';
import type { Admission } from './admission.js';
import { refusal } from './refusal.js';

/** Services take no external addresses but those they have. */
export const DENY_SERVICE_EXTERNAL_IPS: Admission = {
  name: 'DenyServiceExternalIPs',
  validate(request) {
    const { kind, subresource, operation, object, old } = request;
    if (kind.kind !== 'Service' || kind.group !== '' || subresource !== '' || !object) return;
    if (operation !== 'CREATE' && operation !== 'UPDATE') return;
    const before = new Set((old as Service | undefined)?.spec.externalIPs);
    const wanted = (object as Service).spec.externalIPs ?? [];
    if (wanted.every((address) => before.has(address))) return;
    throw refusal(request, 'Use of external IPs is denied by admission control');
  },
};
