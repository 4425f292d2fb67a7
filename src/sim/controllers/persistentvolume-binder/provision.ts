import type { PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import { BETA_STORAGE_PROVISIONER, classOfClaim, STORAGE_PROVISIONER } from '../../api/volumes/claims.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf } from '../machinery/keys.js';
import type { Binder } from './binder.js';
import { driverFor, migratedAnnotations } from './migrated-plugins.js';
import { saveClaim } from './writes.js';

const HOST_PATH = 'kubernetes.io/host-path';

/** Sees to it that somebody makes a volume for a claim whose class says who (provisionClaim). */
export function provisionClaim(binder: Binder, claim: PersistentVolumeClaim): void {
  const name = classOfClaim(claim);
  const storageClass = binder.classes.get(undefined, name);
  const why = storageClass ? whyNobody(storageClass.provisioner) : `storageclass.storage.k8s.io "${name}" not found`;
  if (!storageClass || why !== undefined) {
    binder.recorder.event(claim, 'Warning', 'ProvisioningFailed', why ?? '');
    return;
  }
  binder.operations.run(`provision-${keyOf(claim)}[${claim.metadata.uid}]`, () =>
    storageClass.provisioner === HOST_PATH
      ? askHostPath(binder, claim, storageClass)
      : askOutside(binder, claim, storageClass),
  );
}

/** Why no volumes of a class are made; undefined when somebody outside does, or a plugin of the controller. */
function whyNobody(provisioner: string): string | undefined {
  if (driverFor(provisioner) !== undefined || !provisioner.startsWith('kubernetes.io/')) return undefined;
  if (provisioner === HOST_PATH) return undefined;
  if (provisioner === 'kubernetes.io/nfs') return 'no provisionable volume plugin matched';
  return `no volume plugin matched name: ${provisioner}`;
}

/** Tells the one outside when to begin, and everybody that it is waited for. */
function* askOutside(binder: Binder, claim: PersistentVolumeClaim, { provisioner }: StorageClass): Waiting<void> {
  const who = driverFor(provisioner) ?? provisioner;
  let asked: PersistentVolumeClaim;
  try {
    asked = yield* setProvisioner(binder, claim, who);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    binder.recorder.event(claim, 'Warning', 'ProvisioningFailed', `Error saving claim: ${error.message}`);
    throw error;
  }
  const message =
    `Waiting for a volume to be created either by the external provisioner '${who}' ` +
    'or manually by the system administrator. If volume creation is delayed, please verify that ' +
    'the provisioner is running and correctly registered.';
  binder.recorder.event(asked, 'Normal', 'ExternalProvisioning', message);
}

/** The one plugin that could make volumes itself is switched off unless a flag says otherwise. */
function* askHostPath(binder: Binder, claim: PersistentVolumeClaim, { provisioner }: StorageClass): Waiting<void> {
  const asked = yield* setProvisioner(binder, claim, provisioner);
  const why = `provisioning in volume plugin "${HOST_PATH}" is disabled`;
  binder.recorder.event(asked, 'Warning', 'ProvisioningFailed', `Failed to create provisioner: ${why}`);
  throw new SyncError(why);
}

function* setProvisioner(
  binder: Binder,
  claim: PersistentVolumeClaim,
  provisioner: string,
): Waiting<PersistentVolumeClaim> {
  const annotations = claim.metadata.annotations ?? {};
  if (annotations[STORAGE_PROVISIONER] === provisioner) return claim;
  const marked = { ...annotations, [BETA_STORAGE_PROVISIONER]: provisioner, [STORAGE_PROVISIONER]: provisioner };
  const metadata = { ...claim.metadata, annotations: marked };
  const migrated = migratedAnnotations({ ...claim, metadata }, provisioner);
  return yield* saveClaim(binder, { ...claim, metadata: { ...metadata, ...(migrated && { annotations: migrated }) } });
}
