import type { EndpointSlice } from '../../api/types/endpoints.js';
import { joinHostPort } from '../../client/go-errors.js';

/** So many endpoints are named before the rest is only counted. */
const SHOWN_MAX = 3;

/** The ready addresses behind a port, as `describe` shows them. */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const found = slices.flatMap(({ ports, endpoints }) => {
    const ready = (endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false)
      .map(({ addresses }) => addresses[0] ?? '');
    if (!ports?.length) return ready;
    return ports
      .filter(({ name = '' }) => name === portName)
      .flatMap(({ port = 0 }) => ready.map((address) => joinHostPort(address, port)));
  });
  const shown = found.slice(0, SHOWN_MAX).join(',');
  return found.length > SHOWN_MAX ? `${shown} + ${found.length - SHOWN_MAX} more...` : shown;
}
