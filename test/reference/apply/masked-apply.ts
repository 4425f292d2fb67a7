import { masked } from '../masked.js';
import type { ReferenceRequest } from '../requests.js';

interface Entry {
  manager?: string;
  operation?: string;
  apiVersion?: string;
  subresource?: string;
}

interface Masked {
  metadata?: { managedFields?: Entry[]; resourceVersion?: string };
  spec?: { clusterIP?: string; clusterIPs?: string[]; ports?: { nodePort?: number }[] };
  details?: { causes?: { message?: string; field?: string }[] };
  message?: string;
}

/**
 * Masks the answers of one sequence. Versions are counted, so that a write that changed nothing is seen; entries of
 * managers are sorted without their times, and conflicts by manager, whose order is that of a Go map.
 */
export function sequenceMask(): (request: ReferenceRequest, status: number, body: unknown, warnings: string) => object {
  const versions: string[] = [];
  return (request, status, body, warnings) => {
    const version = (body as Masked)?.metadata?.resourceVersion;
    const answer = masked(request, status, withoutDump(body), warnings);
    const shown = answer.body as Masked;
    if (typeof shown !== 'object' || shown === null) return answer;
    if (version && shown.metadata) {
      if (!versions.includes(version)) versions.push(version);
      shown.metadata.resourceVersion = `VERSION ${versions.indexOf(version)}`;
    }
    shown.metadata?.managedFields?.sort((a, b) => compare(entryKey(a), entryKey(b)));
    shown.details?.causes?.sort((a, b) => compare(`${a.message} ${a.field}`, `${b.message} ${b.field}`));
    if (shown.spec?.clusterIP) shown.spec = { ...shown.spec, clusterIP: 'DRAWN', clusterIPs: ['DRAWN'] };
    for (const port of shown.spec?.ports ?? []) if (port.nodePort) port.nodePort = -1;
    // A conflict is seen when the first try was made on an object that was not the newest any more, now and then: its warnings stay.
    if (status === 409) return { ...answer, warnings: undefined };
    return answer;
  };
}

/** What changed in a pod, as Go dumps it, is compared where pods are. */
function withoutDump(body: unknown): unknown {
  const text = JSON.stringify(body ?? null);
  return text.includes('\\n@@ ') ? JSON.parse(text.replace(/\\n@@ .*?\\n(?=\]?")/g, ' DUMP')) : body;
}

function entryKey({ operation, manager, apiVersion, subresource }: Entry): string {
  return [operation, manager, apiVersion, subresource].join(' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
