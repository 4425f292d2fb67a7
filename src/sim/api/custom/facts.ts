import type { FactType } from '../facts/fact-types.js';
import type { Versioned } from '../managed-fields/apply-configuration.js';
import type { JsonObject, KubeObject } from '../object.js';
import type { CustomResourceDefinition, CustomResourceVersion } from '../types/custom-resource-definition.js';

/** What came of reading a custom object: unknown fields are out of it, and told by their paths. */
export interface CustomDecoded {
  readonly object: KubeObject;
  /** `unknown field "spec.colour"`. */
  readonly unknown: readonly string[];
  /** What cannot be read at all. */
  readonly error?: string;
}

/** What is known of a kind that a CustomResourceDefinition describes, in one of its versions. */
export interface CustomFacts {
  readonly definition: CustomResourceDefinition;
  readonly version: CustomResourceVersion;
  /** As managers of fields see it. */
  readonly type: FactType;
  /** Changes with whatever documents tell of the kind. */
  readonly digest: string;
  /** The definition is being deleted: nothing new is made. */
  readonly terminating: boolean;
  /** Objects of other versions are asked for from a webhook, which has to be waited for. */
  readonly converts: boolean;
  /** Reads an object that came from a client; what it is given stays as it is. */
  decode(object: JsonObject): CustomDecoded;
  /** A stored object, of whatever version, as this version has it. */
  fromStorage(object: KubeObject): KubeObject;
  /** An object as managers of fields see it in a version that is served; what that version's schema does not know is in it. */
  inVersion(object: JsonObject, apiVersion: string): Versioned | undefined;
  /** An object of this version as it is stored. */
  toStorage(object: KubeObject): KubeObject;
}
