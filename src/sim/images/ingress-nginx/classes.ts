import type { Ingress, IngressClass } from '../../api/types/networking.js';

/** By what the controller knows the ingresses that are its own. */
export interface ClassOptions {
  /** `--controller-class`: whose IngressClasses count. */
  readonly controller: string;
  /** `--ingress-class`: the old annotation's value. */
  readonly annotation: string;
  /** `--watch-ingress-without-class` */
  readonly withoutClass: boolean;
}

/** The class by which an ingress is this controller's, or why it is not (store.GetIngressClass). */
export function classOf(
  ingress: Ingress,
  classNamed: (name: string) => IngressClass | undefined,
  options: ClassOptions,
): { readonly name: string } | { readonly problem: string } {
  const { ingressClassName } = ingress.spec;
  if (ingressClassName !== undefined) {
    const found = classNamed(ingressClassName);
    if (found?.spec.controller === options.controller) return { name: ingressClassName };
    return { problem: `no object matching key ${JSON.stringify(ingressClassName)} in local store` };
  }
  const annotation = ingress.metadata.annotations?.['kubernetes.io/ingress.class'];
  if (annotation !== undefined)
    return annotation === options.annotation
      ? { name: annotation }
      : { problem: 'ingress class annotation is not equal to the expected by Ingress Controller' };
  if (options.withoutClass) return { name: '_' };
  return { problem: 'ingress does not contain a valid IngressClass' };
}
