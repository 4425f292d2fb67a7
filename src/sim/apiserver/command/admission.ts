import type { Admission } from '../admission/admission.js';
import { admissionChain } from '../admission/chain.js';
import { MissingFileError, readAdmissionConfiguration } from '../admission/configuration.js';
import { ConfigurationError } from '../configuration-file.js';
import { FatalError, readText, StartError } from './files.js';
import type { Flags } from './flags.js';
import type { ServerOptions } from './options.js';
import { type RemoteSys, readRemote } from './remote.js';

/** The chain that the flags and the file of --admission-control-config-file ask for. Throws StartError. */
export function readAdmission(sys: RemoteSys, flags: Flags, options: ServerOptions): Admission[] {
  try {
    const path = flags.text('admission-control-config-file');
    const configuration = readAdmissionConfiguration(
      path,
      (name) => readText(sys, name),
      (kubeconfig) => readRemote(sys, kubeconfig),
    );
    return admissionChain(options.enabledPlugins, options.disabledPlugins, configuration);
  } catch (error) {
    if (error instanceof MissingFileError) throw new FatalError('config.go:145', error.message);
    if (error instanceof ConfigurationError) throw new StartError(`failed to apply admission: ${error.message}`);
    throw error;
  }
}
