import type { Condition, KubeObject } from '../../api/object.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { objectOf } from '../storage/stored-object.js';
import { type AddressBlock, type IPFamily, readBlock } from './ip-range.js';

const SERVICE_CIDRS = '/registry/servicecidrs/';

/** The families of a server's services, the one that is usual first (--service-cluster-ip-range). */
export function configuredFamilies({ serviceRanges }: Pick<ServerParts, 'serviceRanges'>): IPFamily[] {
  return serviceRanges.map((range) => readBlock(range).family);
}

/** The blocks that addresses of a family come from: those of the flag, and of ServiceCIDRs that are ready. */
export function blocksOf(parts: Pick<ServerParts, 'serviceRanges'>, store: Store, family: IPFamily): AddressBlock[] {
  const texts = new Set(parts.serviceRanges);
  for (const entry of store.range({ prefix: SERVICE_CIDRS }).entries) {
    const object = objectOf(entry) as KubeObject & {
      spec?: { cidrs?: string[] };
      status?: { conditions?: Condition[] };
    };
    const ready = object.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
    if (!ready || object.metadata.deletionTimestamp) continue;
    for (const range of object.spec?.cidrs ?? []) texts.add(range);
  }
  return [...texts].map(readBlock).filter((block) => block.family === family);
}
