/** What a claim is filled from stands in two fields; the older one takes claims and snapshots only (KEP 1495). */
import type { DataSource, PersistentVolumeClaimSpec } from '../../types/storage.js';

/** Drops sources that nobody can fill a volume from, and makes both fields say the same. */
export function settleDataSources(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaimSpec | undefined): void {
  // Sources in another namespace are behind a gate that is off.
  if (spec.dataSourceRef?.namespace && !old?.dataSourceRef) delete spec.dataSourceRef;
  const inUse = old?.dataSource !== undefined || old?.dataSourceRef !== undefined;
  if (!inUse && !spec.dataSourceRef && !isClaimOrSnapshot(spec.dataSource)) delete spec.dataSource;
  alignDataSources(spec);
}

/** Fills the field that is empty from the other one. */
export function alignDataSources(spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) spec.dataSourceRef = sameSource(dataSource);
  else if (dataSourceRef && !dataSource && !dataSourceRef.namespace) spec.dataSource = sameSource(dataSourceRef);
}

function sameSource({ apiGroup, kind, name }: DataSource): DataSource {
  return { ...(apiGroup === undefined ? {} : { apiGroup }), kind, name };
}

function isClaimOrSnapshot(source: DataSource | undefined): boolean {
  if (!source) return false;
  const group = source.apiGroup ?? '';
  if (source.kind === 'PersistentVolumeClaim') return group === '';
  return source.kind === 'VolumeSnapshot' && group === 'snapshot.storage.k8s.io';
}
