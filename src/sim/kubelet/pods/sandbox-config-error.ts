import { CriError } from '../../client/cri-client.js';

/** A sandbox that kubelet cannot even ask for. */
export class SandboxConfigError extends CriError {
  override get grpc(): string {
    return this.message;
  }
}
