import { createHash } from 'node:crypto';
import { goJson } from '../../api/go-text.js';
import { type ImageReference, imageRepository } from '../../api/image-reference.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { PullCredential, SecretCoordinates } from './pull-secrets.js';

const FOLDER = '/var/lib/kubelet/image_manager';
const VERSION = 'kubelet.config.k8s.io/v1beta1';
/** Beyond so many, a secret that fits by what it holds is not remembered by its name too. */
const SECRETS_MAX = 100;

interface RecordedSecret extends SecretCoordinates {
  readonly credentialHash: string;
}

interface Recorded {
  readonly nodePodsAccessible?: boolean;
  readonly kubernetesSecrets?: readonly RecordedSecret[];
}

/**
 * What kubelet writes down about its pulls (KubeletEnsureSecretPulledImages): which images it is pulling, and whose
 * secrets pulled those that are here. A pod whose secrets never pulled an image may not use it although it lies there.
 */
export class PullRecords {
  private readonly sys: Sys;
  private readonly policy: string;
  private readonly allowed: readonly string[];

  /** `given`: kubelet's configuration as its file says it. */
  constructor(sys: Sys, given: JsonObject) {
    this.sys = sys;
    const policy = given['imagePullCredentialsVerificationPolicy'];
    this.policy = typeof policy === 'string' ? policy : 'NeverVerifyPreloadedImages';
    const allowed = given['preloadedImagesVerificationAllowlist'];
    this.allowed = Array.isArray(allowed) ? allowed.filter((one) => typeof one === 'string') : [];
  }

  /** kubelet is going to pull. Throws `Errno`. */
  intend(image: string): void {
    this.makeFolder('pulling');
    this.write('pulling', image, { kind: 'ImagePullIntent', apiVersion: VERSION, image });
  }

  /** A pull failed. */
  failed(image: string): void {
    try {
      this.sys.unlink(pathOf('pulling', image));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** A pull succeeded; `credential`: what it was made with, if with any. */
  pulled(image: string, reference: ImageReference, imageRef: string, credential: PullCredential | undefined): void {
    this.note(reference, imageRef, credential);
    this.failed(image);
  }

  /** Whether an image that is here has to be pulled again because nobody knows that these credentials may. */
  mustPull(
    image: string,
    reference: ImageReference,
    imageRef: string,
    credentials: readonly PullCredential[],
  ): boolean {
    const record = this.read(imageRef);
    const byKubelet = record !== undefined || this.isIntended(image);
    if (!this.verifies(imageRepository(reference), byKubelet)) return false;
    const recorded = record?.[imageRepository(reference)];
    if (!recorded) return true;
    if (recorded.nodePodsAccessible) return false;
    const known = recorded.kubernetesSecrets ?? [];
    for (const credential of credentials) {
      const same = known.find(({ credentialHash }) => credentialHash === credential.hash);
      const named = known.find((one) => isSame(one, credential.secret));
      if (!same && !named) continue;
      if (!(same && isSame(same, credential.secret)) && known.length < SECRETS_MAX)
        this.note(reference, imageRef, credential);
      return false;
    }
    return true;
  }

  private verifies(repository: string, byKubelet: boolean): boolean {
    switch (this.policy) {
      case 'NeverVerify':
        return false;
      case 'AlwaysVerify':
        return true;
      case 'NeverVerifyAllowlistedImages':
        return !this.allowed.some((one) =>
          one.endsWith('/*') ? repository.startsWith(one.slice(0, -1)) : repository === one,
        );
      default:
        return byKubelet;
    }
  }

  private isIntended(image: string): boolean {
    try {
      this.sys.stat(pathOf('pulling', image));
      return true;
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  }

  private note(reference: ImageReference, imageRef: string, credential: PullCredential | undefined): void {
    const before = this.read(imageRef) ?? {};
    const repository = imageRepository(reference);
    const merged = merge(before[repository], credential);
    if (merged === undefined) return;
    const credentialMapping = { ...before, [repository]: merged };
    try {
      this.makeFolder('pulled');
      this.write('pulled', imageRef, {
        kind: 'ImagePulledRecord',
        apiVersion: VERSION,
        lastUpdatedTime: formatTime(this.sys.now()),
        imageRef,
        credentialMapping,
      });
    } catch (error) {
      // kubelet logs it and goes on: the image is there.
      if (!isErrno(error)) throw error;
    }
  }

  private read(imageRef: string): Readonly<Record<string, Recorded>> | undefined {
    try {
      const record: unknown = JSON.parse(Buffer.from(this.sys.readFile(pathOf('pulled', imageRef))).toString('utf8'));
      const mapping = isJsonObject(record) ? record['credentialMapping'] : undefined;
      return isJsonObject(mapping) ? (mapping as Record<string, Recorded>) : {};
    } catch (error) {
      if (isErrno(error)) return undefined;
      if (error instanceof SyntaxError) return {};
      throw error;
    }
  }

  private write(folder: string, key: string, content: JsonObject): void {
    this.sys.writeFile(pathOf(folder, key), goJson(content), 0o600);
  }

  private makeFolder(name: string): void {
    for (const path of [FOLDER, `${FOLDER}/${name}`]) {
      try {
        this.sys.makeDirectory(path, 0o700);
      } catch (error) {
        if (!isErrno(error, 'EEXIST')) throw error;
      }
    }
  }
}

function pathOf(folder: string, key: string): string {
  return `${FOLDER}/${folder}/sha256-${createHash('sha256').update(key).digest('hex')}`;
}

function isSame(one: SecretCoordinates, other: SecretCoordinates): boolean {
  return one.uid === other.uid && one.namespace === other.namespace && one.name === other.name;
}

/** What is known with one more credential; undefined when that changes nothing. */
function merge(before: Recorded | undefined, credential: PullCredential | undefined): Recorded | undefined {
  if (before?.nodePodsAccessible) return undefined;
  if (!credential) return { nodePodsAccessible: true };
  const { uid, namespace, name } = credential.secret;
  const added: RecordedSecret = { uid, namespace, name, credentialHash: credential.hash };
  const others = (before?.kubernetesSecrets ?? []).filter((one) => !isSame(one, added));
  return { kubernetesSecrets: [...others, added] };
}
