/** Rules of an iSCSI volume. */
import { type FieldError, invalid, required } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { rangeError } from '../../names.js';
import type { Source } from './source-rules.js';

const NAME_MAX = 64;
const WRONG_NAME = 'must be valid format';
const TOO_LONG =
  'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
/** What names of targets and initiators look like, by how they begin. */
const QUALIFIED_NAMES: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

interface Iscsi {
  readonly targetPortal?: string;
  readonly iqn?: string;
  readonly lun?: number;
  readonly chapAuthDiscovery?: boolean;
  readonly chapAuthSession?: boolean;
  readonly secretRef?: { readonly name?: string };
  readonly initiatorName?: string;
}

/** A portal, the name of what it offers, and who asks. */
export function validateIscsi(path: string, source: Source, volumeName: string): FieldError[] {
  const { targetPortal = '', iqn = '', lun = 0, secretRef, initiatorName, ...rest } = source as Iscsi;
  const errors: FieldError[] = [];
  if (!targetPortal) errors.push(required(`${path}.targetPortal`));
  if (initiatorName !== undefined && utf8Length(`${volumeName}:${targetPortal}`) > NAME_MAX) {
    errors.push(invalid(`${path}.targetportal`, targetPortal, TOO_LONG));
  }
  if (!iqn) errors.push(required(`${path}.iqn`));
  else if (!isQualifiedName(iqn)) errors.push(invalid(`${path}.iqn`, iqn, WRONG_NAME));
  if (lun < 0 || lun > 255) errors.push(invalid(`${path}.lun`, lun, rangeError(0, 255)));
  if ((rest.chapAuthDiscovery || rest.chapAuthSession) && !secretRef) errors.push(required(`${path}.secretRef`));
  if (secretRef && !secretRef.name) errors.push(required(`${path}.secretRef.name`));
  if (initiatorName !== undefined && !isQualifiedName(initiatorName)) {
    errors.push(invalid(`${path}.initiatorname`, initiatorName, WRONG_NAME));
  }
  return errors;
}

function isQualifiedName(name: string): boolean {
  return QUALIFIED_NAMES[name.slice(0, 3)]?.test(name) ?? false;
}
