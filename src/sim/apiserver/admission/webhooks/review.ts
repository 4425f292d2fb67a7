import type { JsonObject, KubeObject } from '../../../api/object.js';
import { randomUid } from '../../storage/names.js';
import { requestFields, userFields } from '../expressions/request-fields.js';
import type { Attributes, View } from '../matching/attributes.js';

const VERSIONS = ['v1', 'v1beta1'];

/** The version of AdmissionReview that a webhook is asked in: the first of its list that the server knows. */
export function reviewVersion(accepted: readonly string[] | null | undefined): string | undefined {
  return (accepted ?? []).find((version) => VERSIONS.includes(version));
}

/** What a webhook is asked, with a uid of its own (admission/v1 AdmissionReview). */
export function admissionReview(
  version: string,
  attributes: Attributes,
  view: View,
  object: KubeObject | undefined,
): { readonly uid: string; readonly review: JsonObject } {
  const { request } = attributes;
  const uid = randomUid(request.parts.random);
  const { userInfo: _user, dryRun, options, ...about } = requestFields(attributes, view);
  const review = {
    kind: 'AdmissionReview',
    apiVersion: `admission.k8s.io/${version}`,
    request: {
      uid,
      ...about,
      userInfo: userFields(request.user),
      object: object ?? null,
      oldObject: attributes.oldObject(view) ?? null,
      dryRun,
      options: options ?? null,
    },
  };
  return { uid, review };
}
